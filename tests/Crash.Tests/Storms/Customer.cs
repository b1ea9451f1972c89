using System.Collections.Concurrent;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>An account that orders from one provider only, every time with a picture that nobody else sends.</summary>
internal sealed class Customer(GatewayRun run, PictureSeries pictures, string provider, Func<int> numbers)
{
    private const int Many = 100_000;

    private readonly ConcurrentBag<Order> _orders = [];
    private readonly ConcurrentBag<string> _complaints = [];
    private Purse _purse = null!;

    public string Provider => provider;

    public string Model => FiveUpstreams.Models[provider];

    public IReadOnlyCollection<Order> Orders => _orders;

    /// <summary>Orders that were not taken: whatever an upstream does, accepting one does not need it.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    public Purse Purse => _purse;

    public async Task Open()
    {
        var account = await run.Operator.Open(provider, Many, Many);
        _purse = new Purse(account.Id, new TryOnClient(run.Http, run.Site, account.Key!, pictures));
    }

    public Task Place(int count, int atOnce) => Parallel.ForAsync(
        0, count, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (_, _) => await Place());

    /// <summary>An order every so often, whether or not the last one was answered yet.</summary>
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
            // Enough.
        }

        await Task.WhenAll(placed);
    }

    /// <summary>What the statement says of each order, by its job.</summary>
    public async Task<IReadOnlyDictionary<string, Charge>> Charges(List<string> findings)
    {
        var ledger = new Ledger(await run.Operator.Read(_purse.AccountId), findings);
        ledger.Add(await run.Operator.Statement(_purse.AccountId));
        return ledger.Charges.ToDictionary(charge => charge.JobId);
    }

    private async Task Place()
    {
        await Task.Yield();
        var order = new Order(numbers(), Model, AsForm: true, Temper.Waits);
        var (code, text, job) = await _purse.Api.Place(order, CancellationToken.None);
        order.JobId = job?.Id;
        _orders.Add(order);
        if (job is null)
            _complaints.Add($"order {order.Number} ({Model}) was answered {(int)code}: {text}");
    }
}
