using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests.Storms;

/// <summary>A gateway, a sandbox in place of all five upstreams, and a customer of each.</summary>
internal sealed class StormRun : IDisposable
{
    /// <summary>A picture for each order, which the witness tells it by.</summary>
    public static readonly PictureSeries Distinct = new(SideMin: 300, Noise: false);

    private int _newest = -1;

    public StormRun(
        ITestOutputHelper output, TimeSpan latency, IEnumerable<string> providers, PictureSeries pictures,
        params (string Name, string Value)[] gateway)
    {
        (Latency, Pictures) = (latency, pictures);
        Run = new GatewayRun(output, FiveUpstreams.Sandbox(latency), FiveUpstreams.Gateway(latency, gateway));
        Weather = new Weather(Run.Http, Run.Sandbox.Address);
        Customers = [.. providers.Select(provider => new Customer(Run, Pictures, provider, () => Interlocked.Increment(ref _newest)))];
    }

    public TimeSpan Latency { get; }

    public GatewayRun Run { get; }

    public Weather Weather { get; }

    public PictureSeries Pictures { get; }

    public IReadOnlyList<Customer> Customers { get; }

    public async Task Start()
    {
        await Run.StartGateway();
        foreach (var customer in Customers)
            await customer.Open();
    }

    public Customer Of(string provider) => Customers.Single(customer => customer.Provider == provider);

    /// <summary>Until no customer has anything reserved.</summary>
    public Task Drain(TimeSpan limit) => Run.Until("drain", limit, async () =>
    {
        var accounts = await Task.WhenAll(Customers.Select(customer => Run.Operator.Read(customer.Purse.AccountId)));
        return accounts.Any(account => account.Reserved > 0)
            ? string.Join("; ", Customers.Zip(accounts, (customer, account) => $"{customer.Provider} has {account.Reserved} reserved"))
            : null;
    });

    public void Dispose() => Run.Dispose();
}
