using System.Net;
using System.Text;

namespace TryOn.Providers.Tests.Fakes;

public sealed record SentRequest(string Line, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string? Authorization => Headers.GetValueOrDefault("Authorization");

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>Answers only registered requests, each registration once, and records what it was sent.</summary>
public sealed class ScriptedHandler : HttpMessageHandler
{
    private readonly Dictionary<string, Queue<Func<CancellationToken, Task<HttpResponseMessage>>>> _steps = [];

    public List<SentRequest> Sent { get; } = [];

    public ScriptedHandler On(string line, int status, string body) => On(line, status, new StringContent(body));

    public ScriptedHandler On(string line, int status, HttpContent body) =>
        On(line, _ => Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = body }));

    public ScriptedHandler On(string line, Func<CancellationToken, Task<HttpResponseMessage>> step)
    {
        if (!_steps.TryGetValue(line, out var steps))
            _steps[line] = steps = new();
        steps.Enqueue(step);
        return this;
    }

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var line = $"{request.Method} {request.RequestUri!.AbsoluteUri}";
        var headers = request.Headers.NonValidated.Concat(request.Content?.Headers.NonValidated ?? default)
            .ToDictionary(header => header.Key, header => header.Value.ToString());
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        Sent.Add(new SentRequest(line, headers, body));
        return _steps.TryGetValue(line, out var steps) && steps.TryDequeue(out var step)
            ? await step(cancellationToken)
            : throw new InvalidOperationException($"Nothing is registered (any more) for {line}.");
    }
}
