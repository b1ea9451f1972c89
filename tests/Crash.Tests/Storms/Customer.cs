using System.Collections.Concurrent;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>An account that orders from one provider only, each time with a different picture.</summary>
internal sealed class Customer(SingleProcessRun run, PictureSeries pictures, string provider, Func<int> numbers)
{
    private const int Many = 100_000;

    private readonly ConcurrentBag<Order> _orders = [];
    private readonly ConcurrentBag<string> _complaints = [];
    private AccountClient _account = null!;

    public string Provider => provider;

    public string Model => FiveUpstreams.Models[provider];

    public IReadOnlyCollection<Order> Orders => _orders;

    /// <summary>Orders that were refused, although accepting one does not depend on an upstream.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public AccountClient Account => _account;

    public async Task Open()
    {
        var account = await run.Operator.Open(provider, Many, Many);
        _account = new AccountClient(account.Id, new TryOnClient(run.Http, run.Deployment, account.Key!, pictures));
    }

    public Task Place(int count, int atOnce) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await Place());

    /// <summary>Places an order at every interval, whether or not the previous one has been answered.</summary>
    public async Task PlaceEvery(TimeSpan interval, CancellationToken until)
    {
        var placed = new List<Task>();
        using var timer = new PeriodicTimer(interval, TimeProvider.System);
        try
        {
            do
                placed.Add(Place());
            while (await timer.WaitForNextTickAsync(until));
        }
        catch (OperationCanceledException)
        {
            // The time for placing orders is over.
        }

        await Task.WhenAll(placed);
    }

    /// <summary>The charges in the account's statement, by job id.</summary>
    public async Task<IReadOnlyDictionary<string, Charge>> Charges(List<string> findings)
    {
        var ledger = new Ledger(await run.Operator.Read(_account.AccountId), findings);
        ledger.Add(await run.Operator.Statement(_account.AccountId));
        return ledger.Charges.ToDictionary(charge => charge.JobId);
    }

    private async Task Place()
    {
        await Task.Yield();
        var order = new Order(numbers(), Model, AsForm: true, ClientBehaviour.Polls);
        var (code, text, job) = await _account.Api.Place(order, CancellationToken.None);
        order.JobId = job?.Id;
        _orders.Add(order);
        if (job is null)
            _complaints.Add($"order {order.Number} ({Model}) was answered {(int)code}: {text}");
    }
}
