namespace TryOn.Crash.Tests.Load;

/// <summary>
/// Many simultaneous uploads by clients that never repeat a request: the gateway must clean up after them.
/// </summary>
internal sealed class Uploads(CrashRun run, PictureSeries pictures)
{
    private const int PauseMax = 40;

    private readonly Dictionary<int, (AccountClient Account, Order Order)> _orders = [];

    public IReadOnlyDictionary<int, (AccountClient Account, Order Order)> Orders => _orders;

    public AccountClient Account { get; private set; } = null!;

    /// <param name="concurrency">Enough for all uploads: what a kill leaves reserved stays so for up to a
    /// minute.</param>
    public async Task Open(int concurrency)
    {
        var body = await run.Operator.Open("uploads", credits: 10_000, concurrency);
        Account = new AccountClient(body.Id, new TryOnClient(run.Http, run.Deployment, body.Key!, pictures));
    }

    /// <summary>Completes when every upload was answered or cut off.</summary>
    public Task Send(int count)
    {
        var orders = Enumerable.Range(_orders.Count, count).Select(number => Order.Draw(number, run.Random)).ToList();
        orders.ForEach(order => _orders[order.Number] = (Account, order));
        return Task.WhenAll(orders.Select(order => Send(order, TimeSpan.FromMilliseconds(run.Random.Next(PauseMax)))));
    }

    private async Task Send(Order order, TimeSpan pause)
    {
        await Task.Yield();
        try
        {
            using var content = new SlowContent(Account.Api.Form(order), pause);
            var (_, _, job) = await Account.Api.Place(order, content, CancellationToken.None);
            (order.JobId, order.Status) = (job?.Id, job?.Status);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException or OperationCanceledException)
        {
            // The gateway was killed during the upload.
        }
    }
}
