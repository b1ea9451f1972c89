using System.Collections.Concurrent;

namespace TryOn.Crash.Tests.Load;

/// <summary>A few accounts with a few clients each, which place orders without pause until they are stopped.</summary>
internal sealed class LoadGenerator(CrashRun run, PictureSeries pictures, int clientsPerAccount = 6)
{
    private const int AccountCount = 3;

    /// <summary>
    /// Leaves room for orders that no client polls, and for reservations of requests that a kill cut off.
    /// </summary>
    private const int ConcurrencyPerAccount = 60;

    private const long Credits = 1_000_000;

    private readonly ConcurrentBag<string> _complaints = [];
    private readonly ConcurrentDictionary<int, (AccountClient Account, Order Order)> _orders = new();
    private readonly List<Task> _clients = [];
    private int _newest = -1;
    private volatile bool _stopped;

    public List<AccountClient> Accounts { get; } = [];

    public IReadOnlyCollection<string> Complaints => _complaints;

    public IReadOnlyDictionary<int, (AccountClient Account, Order Order)> Orders => _orders;

    public async Task Open()
    {
        for (var i = 0; i < AccountCount; i++)
        {
            var account = await run.Operator.Open($"crowd-{i}", Credits, ConcurrencyPerAccount);
            Accounts.Add(
                new AccountClient(account.Id, new TryOnClient(run.Http, run.Deployment, account.Key!, pictures)));
        }
    }

    public void Begin()
    {
        foreach (var account in Accounts)
        {
            for (var i = 0; i < clientsPerAccount; i++)
                _clients.Add(Shop(account, new Random(run.Random.Next())));
        }
    }

    /// <summary>Throws if an order of a client has timed out.</summary>
    public Task Stop()
    {
        _stopped = true;
        return Task.WhenAll(_clients);
    }

    /// <summary>Repeats every accepted request after the run, which must be answered with the same job.</summary>
    public async Task SendAgain()
    {
        foreach (var (account, order) in _orders.Values)
        {
            if (order.JobId is null)
                continue;
            var (code, text, job) = await account.Api.Place(order, CancellationToken.None);
            var same = job is { Ended: true } && job.Id == order.JobId;
            if (!same || (order.Ended && job!.Status != order.Status))
                _complaints.Add(
                    $"order {order.Number}, {order.JobId} {order.Status}, sent again: {(int)code} {text} {job}");
        }
    }

    private async Task Shop(AccountClient account, Random random)
    {
        // Do not run on the thread of the caller, which must be free to kill the gateway.
        await Task.Yield();
        var client = new Client(account.Api, random, run, _complaints);
        while (!_stopped)
        {
            var order = Order.Draw(Interlocked.Increment(ref _newest), random);
            _orders[order.Number] = (account, order);
            await client.Fulfil(order);
        }
    }
}

/// <summary>An account, and the API client that uses its key.</summary>
internal sealed record AccountClient(string AccountId, TryOnClient Api);
