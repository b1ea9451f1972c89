namespace TryOn.Crash.Tests.Load;

/// <summary>Many uploads at once by clients who do not come back: the gateway must clear up after them.</summary>
internal sealed class Uploads(CrashRun run, PictureSeries pictures)
{
    private const int PauseMax = 40;

    private readonly Dictionary<int, (Purse Purse, Order Order)> _orders = [];

    public IReadOnlyDictionary<int, (Purse Purse, Order Order)> Orders => _orders;

    public Purse Purse { get; private set; } = null!;

    /// <param name="concurrency">Room for all of them: what a kill left reserved stays so for up to a minute.</param>
    public async Task Open(int concurrency)
    {
        var account = await run.Operator.Open("uploads", credits: 10_000, concurrency);
        Purse = new Purse(account.Id, new TryOnClient(run.Http, run.Site, account.Key!, pictures));
    }

    /// <summary>Ends when every one of them was answered or broken off.</summary>
    public Task Send(int count)
    {
        var orders = Enumerable.Range(_orders.Count, count).Select(number => Order.Thrown(number, run.Dice)).ToList();
        orders.ForEach(order => _orders[order.Number] = (Purse, order));
        return Task.WhenAll(orders.Select(order => Send(order, TimeSpan.FromMilliseconds(run.Dice.Next(PauseMax)))));
    }

    private async Task Send(Order order, TimeSpan pause)
    {
        await Task.Yield();
        try
        {
            using var content = new SlowContent(Purse.Api.Form(order), pause);
            var (_, _, job) = await Purse.Api.Place(order, content, CancellationToken.None);
            (order.JobId, order.Status) = (job?.Id, job?.Status);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // Killed under it.
        }
    }
}
