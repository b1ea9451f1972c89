using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class AddressRaceTests
{
    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly FakeTimeProvider _time = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Stream>> _attempts = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _begun = new();
    private readonly ConcurrentQueue<string> _order = new();

    [Fact]
    public async Task Connect_FirstAddressSilent_TriesTheNextAfterItsHeadStart()
    {
        var connecting = Connect("1.1.1.1", "8.8.8.8");
        await Begun("1.1.1.1");
        _time.Advance(HeadStart - TimeSpan.FromTicks(1));
        Assert.Equal(["1.1.1.1"], _order);

        _time.Advance(TimeSpan.FromTicks(1));
        await Begun("8.8.8.8");
        using var answered = new MemoryStream();
        Attempt("8.8.8.8").SetResult(answered);

        Assert.Same(answered, await connecting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Connect_FirstAddressRefuses_TriesTheNextAtOnce()
    {
        var connecting = Connect("1.1.1.1", "8.8.8.8");
        await Begun("1.1.1.1");
        Attempt("1.1.1.1").SetException(new SocketException((int)SocketError.ConnectionRefused));
        await Begun("8.8.8.8");
        using var answered = new MemoryStream();
        Attempt("8.8.8.8").SetResult(answered);

        Assert.Same(answered, await connecting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Connect_SlowFirstAddress_MayStillWin()
    {
        var connecting = Connect("1.1.1.1", "8.8.8.8");
        await Begun("1.1.1.1");
        _time.Advance(HeadStart);
        await Begun("8.8.8.8");
        using var answered = new MemoryStream();
        Attempt("1.1.1.1").SetResult(answered);

        Assert.Same(answered, await connecting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Connect_ConnectionThatComesTooLate_IsClosed()
    {
        var connecting = Connect("1.1.1.1", "8.8.8.8");
        await Begun("1.1.1.1");
        _time.Advance(HeadStart);
        await Begun("8.8.8.8");
        using var answered = new MemoryStream();
        Attempt("8.8.8.8").SetResult(answered);
        await connecting.WaitAsync(Patience);

        using var late = new ClosedStream();
        Attempt("1.1.1.1").SetResult(late);

        await late.Closed.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Connect_NobodyAnswers_HasNone()
    {
        var connecting = Connect("1.1.1.1", "8.8.8.8");
        foreach (var address in (string[])["1.1.1.1", "8.8.8.8"])
        {
            await Begun(address);
            Attempt(address).SetException(new SocketException((int)SocketError.HostUnreachable));
        }

        Assert.Null(await connecting.WaitAsync(Patience));
    }

    [Fact]
    public async Task Connect_TwoFamilies_TakeTurns()
    {
        string[] addresses = ["2606:4700::1", "2606:4700::2", "2606:4700::3", "1.1.1.1", "8.8.8.8"];
        var connecting = Connect(addresses);
        foreach (var address in (string[])["2606:4700::1", "1.1.1.1", "2606:4700::2", "8.8.8.8", "2606:4700::3"])
        {
            await Begun(address);
            Attempt(address).SetException(new SocketException((int)SocketError.HostUnreachable));
        }

        Assert.Null(await connecting.WaitAsync(Patience));
        Assert.Equal(["2606:4700::1", "1.1.1.1", "2606:4700::2", "8.8.8.8", "2606:4700::3"], _order);
    }

    private Task<Stream?> Connect(params string[] addresses)
    {
        var network = new EgressNetwork((_, _) => throw new NotSupportedException(), async (endpoint, token) =>
        {
            var address = endpoint.Address.ToString();
            _order.Enqueue(address);
            _begun.GetOrAdd(address, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
            return await Attempt(address).Task;
        });
        return new AddressRace(_time, network)
            .Connect([.. addresses.Select(IPAddress.Parse)], 443, CancellationToken.None).AsTask();
    }

    private TaskCompletionSource<Stream> Attempt(string address) =>
        _attempts.GetOrAdd(address, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private Task Begun(string address) => _begun
        .GetOrAdd(address, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task.WaitAsync(Patience);

    private sealed class ClosedStream : MemoryStream
    {
        public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        protected override void Dispose(bool disposing)
        {
            Closed.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
