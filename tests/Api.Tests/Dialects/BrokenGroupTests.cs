using Microsoft.Extensions.DependencyInjection;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;

namespace TryOn.Api.Tests.Dialects;

/// <summary>A gateway that fails between the starts of two jobs of one request, as if it had crashed.</summary>
public sealed class BrokenGroupTests
{
    [Fact]
    public async Task Samples_BrokenOffHalfWay_AreCompletedByTheRetry()
    {
        await using var gateway = await GatewayRun.Start(services: services => Break(services, atStart: 3));
        var account = await gateway.Open();
        var surface = Dialect.Named(Dialect.TryItOn);

        surface.Refused(await surface.Begin(account, """{"num_samples": 4}""", "order 5"), 503, "Unavailable");
        var id = Dialect.IdOf(await surface.Begin(account, """{"num_samples": 4}""", "order 5"));

        Assert.Equal(4, (await surface.Ended(account, id)).List("output").Count);
        var figures = await account.Figures();
        Assert.Equal((6, 4), (figures.Number("available"), figures.Number("captured")));
        Assert.Equal(4, (await account.Statement()).Count(entry => entry.Text("kind") == "reserve"));
    }

    private static void Break(IServiceCollection services, int atStart)
    {
        var real = services.Last(service => service.ServiceType == typeof(IDirectory));
        var starts = new Starts(atStart);
        services.AddSingleton<IDirectory>(provider => new Directory(
            (IDirectory)(real.ImplementationFactory?.Invoke(provider)
                ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!)), starts));
    }

    private sealed class Directory(IDirectory real, Starts starts) : IDirectory
    {
        public IAccount Account(string id) => real.Account(id);

        public IJob Job(string id) => new Job(real.Job(id), starts);

        public IDelivery Delivery(string id) => real.Delivery(id);

        public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => real.AccountIds(cancellation);
    }

    private sealed class Job(IJob real, Starts starts) : IJob
    {
        public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
            where TReply : class =>
            command is JobCommand.Start && starts.Next()
                ? throw new CommitFailedException(cause: null)
                : real.Ask(command);

        public Task<Result<JobView>> Read() => real.Read();
    }

    /// <summary>Makes one start of a job fail, by its number.</summary>
    private sealed class Starts(int broken)
    {
        private int _count;

        public bool Next() => Interlocked.Increment(ref _count) == broken;
    }
}
