using System.Collections.Concurrent;
using TryOn.Crash.Tests.Books;

namespace TryOn.Crash.Tests.Load;

/// <summary>A few accounts with a few clients each, ordering without pause until they are told to stop.</summary>
internal sealed class Crowd(CrashRun run, PictureSeries pictures, int clientsPerAccount = 6)
{
    private const int Accounts = 3;

    /// <summary>Room for orders that nobody looks at, and for reservations whose request died under them.</summary>
    private const int ConcurrencyPerAccount = 60;

    private const long Credits = 1_000_000;

    private readonly ConcurrentBag<string> _complaints = [];
    private readonly ConcurrentDictionary<int, (Purse Purse, Order Order)> _orders = new();
    private readonly List<Task> _clients = [];
    private int _newest = -1;
    private volatile bool _stopped;

    public List<Purse> Purses { get; } = [];

    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyDictionary<int, (Purse Purse, Order Order)> Orders => _orders;

    public async Task Open()
    {
        for (var i = 0; i < Accounts; i++)
        {
            var account = await run.Operator.Open($"crowd-{i}", Credits, ConcurrencyPerAccount);
            Purses.Add(new Purse(account.Id, new TryOnClient(run.Http, run.Site, account.Key!, pictures)));
        }
    }

    public void Begin()
    {
        foreach (var purse in Purses)
        {
            for (var i = 0; i < clientsPerAccount; i++)
                _clients.Add(Shop(purse, new Random(run.Dice.Next())));
        }
    }

    /// <summary>Throws if a client's own patience was exhausted before.</summary>
    public Task Stop()
    {
        _stopped = true;
        return Task.WhenAll(_clients);
    }

    /// <summary>A client that is unsure sends once more when all is over, and must hear of the same job.</summary>
    public async Task SendAgain()
    {
        foreach (var (purse, order) in _orders.Values)
        {
            if (order.JobId is null)
                continue;
            var (code, text, job) = await purse.Api.Place(order, CancellationToken.None);
            var same = job is { Ended: true } && job.Id == order.JobId;
            if (!same || (order.Ended && job!.Status != order.Status))
                _complaints.Add(
                    $"order {order.Number}, {order.JobId} {order.Status}, sent again: {(int)code} {text} {job}");
        }
    }

    private async Task Shop(Purse purse, Random dice)
    {
        // Away from the caller's thread, which has a gateway to kill.
        await Task.Yield();
        var client = new Client(purse.Api, dice, run, _complaints);
        while (!_stopped)
        {
            var order = Order.Thrown(Interlocked.Increment(ref _newest), dice);
            _orders[order.Number] = (purse, order);
            await client.Fulfil(order);
        }
    }
}

/// <summary>An account and who speaks for it.</summary>
internal sealed record Purse(string AccountId, TryOnClient Api);
