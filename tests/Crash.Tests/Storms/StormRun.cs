using TryOn.Crash.Tests.Load;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests.Storms;

/// <summary>A gateway, a sandbox in place of all five upstreams, and a customer of each.</summary>
internal sealed class StormRun : IDisposable
{
    /// <summary>A different picture for each order, by which the witness log identifies the order.</summary>
    public static readonly PictureSeries Distinct = new(SideMin: 300, Noise: false);

    private int _newest = -1;

    public StormRun(
        ITestOutputHelper output, TimeSpan latency, IEnumerable<string> providers, PictureSeries pictures,
        params (string Name, string Value)[] gateway)
    {
        (Latency, Pictures) = (latency, pictures);
        Run = new SingleProcessRun(output, FiveUpstreams.Sandbox(latency), FiveUpstreams.Gateway(latency, gateway));
        Faults = new UpstreamFaults(Run.Http, Run.Sandbox.Address);
        Customers = [
            .. providers.Select(
                provider => new Customer(Run, Pictures, provider, () => Interlocked.Increment(ref _newest)))];
    }

    public TimeSpan Latency { get; }

    public SingleProcessRun Run { get; }

    public UpstreamFaults Faults { get; }

    public PictureSeries Pictures { get; }

    public IReadOnlyList<Customer> Customers { get; }

    public async Task Start()
    {
        await Run.StartGateway();
        foreach (var customer in Customers)
            await customer.Open();
    }

    public Customer CustomerOf(string provider) => Customers.Single(customer => customer.Provider == provider);

    /// <summary>Waits until no customer has credits reserved.</summary>
    public Task Drain(TimeSpan limit) => Run.Until("drain", limit, async () =>
    {
        var accounts = await Task.WhenAll(Customers.Select(customer => Run.Operator.Read(customer.Account.AccountId)));
        return accounts.Any(account => account.Reserved > 0)
            ? string.Join(
                "; ", Customers.Zip(
                    accounts, (customer, account) => $"{customer.Provider} has {account.Reserved} reserved"))
            : null;
    });

    public void Dispose() => Run.Dispose();
}
