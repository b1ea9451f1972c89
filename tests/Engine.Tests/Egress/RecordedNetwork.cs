using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

// A network with scripted DNS answers that records every connect. Endpoints without a listener refuse. A name without
// an answer resolves to a public address, so that a forbidden lookup shows up as a connect.
public sealed class RecordedNetwork
{
    public const string PublicIp = "93.184.216.34";

    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _answers = new();
    private readonly ConcurrentDictionary<string, Uri> _listeners = new();

    public ConcurrentQueue<string> Lookups { get; } = new();

    public ConcurrentQueue<string> Connects { get; } = new();

    public EgressNetwork Ports => new(Resolve, Connect);

    // Successive lookups of a name get successive answers; the last answer is repeated.
    public RecordedNetwork Answer(string host, params string[] addresses)
    {
        _answers.GetOrAdd(host, _ => new()).Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public RecordedNetwork Listen(string endpoint, Uri server)
    {
        _listeners[endpoint] = server;
        return this;
    }

    private ValueTask<IReadOnlyList<IPAddress>> Resolve(string host, CancellationToken cancellation)
    {
        Lookups.Enqueue(host);
        if (!_answers.TryGetValue(host, out var answers)) return new([IPAddress.Parse(PublicIp)]);

        answers.TryPeek(out var answer);
        if (answers.Count > 1) answers.TryDequeue(out _);
        return new(answer!);
    }

    private async ValueTask<Stream> Connect(IPEndPoint endpoint, CancellationToken cancellation)
    {
        Connects.Enqueue(endpoint.ToString());
        if (!_listeners.TryGetValue(endpoint.ToString(), out var server))
            throw new SocketException((int)SocketError.ConnectionRefused);

        return await EgressNetwork.Real.Connect(new IPEndPoint(IPAddress.Loopback, server.Port), cancellation);
    }
}
