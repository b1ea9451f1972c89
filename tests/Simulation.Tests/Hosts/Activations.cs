using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Engine.Accounts;
using TryOn.Engine.Jobs;
using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>The production activations; where a bug is seeded or answers echo, stand-ins with the same engine beneath.</summary>
internal static class Activations
{
    public static Slot<IAccount> Account(World world, Host host, RecordPort<AccountState> port)
    {
        var archive = new HostArchive(world, host);
        if (world.StandIns)
        {
            var stand = new StandInAccount<FlawedAccountMachine>(port, host.Directory, archive);
            return new Slot<IAccount>(stand, stand.TakeUp, stand.OnDue);
        }

        var account = new AccountActivation(port, host.Directory, archive, NullLogger<AccountActivation>.Instance);
        return new Slot<IAccount>(account, account.TakeUp, account.OnDue);
    }

    public static Slot<IJob> Job(World world, JobEffects effects, RecordPort<JobState> port)
    {
        if (world.StandIns)
        {
            var flawed = new StandInJob<FlawedJobMachine>(world, port, effects);
            return new Slot<IJob>(flawed, flawed.TakeUp, flawed.Wake);
        }

        if (world.Traits.Echoes > 0)
        {
            var stand = new StandInJob<JobMachine>(world, port, effects);
            return new Slot<IJob>(stand, stand.TakeUp, stand.Wake);
        }

        var job = new JobActivation(port, effects, new NoFeed(), NullLogger<JobActivation>.Instance);
        return new Slot<IJob>(job, job.TakeUp, job.OnDue);
    }

    private sealed class NoFeed : IJobFeed
    {
        public void Publish(JobView job)
        {
        }

        public IJobSubscription Subscribe(string jobId) => throw new NotSupportedException();

        public IJobSubscription SubscribeAccount(string accountId) => throw new NotSupportedException();
    }
}
