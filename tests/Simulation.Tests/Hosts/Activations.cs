using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using TryOn.Engine;
using TryOn.Engine.Accounts;
using TryOn.Engine.Jobs;
using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Storage;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>The production activations; where a bug is seeded they run a machine that has it.</summary>
internal static class Activations
{
    public static IAccount Account(World world, Host host, IActivationHost<AccountState> port)
    {
        var archive = new HostArchive(world, host);
        return world.FlawedMachines
            ? new AccountActivation<FlawedAccountMachine>(port, host.Directory, archive, NullLogger.Instance)
            : new AccountActivation(port, host.Directory, archive, NullLogger.Instance);
    }

    public static IJob Job(World world, Host host, IActivationHost<JobState> port)
    {
        var feed = new EchoingFeed(world, host);
        return !world.FlawedMachines ? new JobActivation(port, host.Effects, feed, NullLogger.Instance)
            : world.Bug == Bug.PlaceKeptByTheDropped ? new PlaceKeeper<FlawedJobMachine>(port, host.Effects, feed)
            : new JobActivation<FlawedJobMachine>(port, host.Effects, feed, NullLogger.Instance);
    }

    /// <summary>The seeded bug: a dropped activation keeps its places at its process's gates.</summary>
    private sealed class PlaceKeeper<TMachine>(IActivationHost<JobState> host, JobEffects effects, IJobFeed feed)
        : JobActivation<TMachine>(host, effects, feed, NullLogger.Instance)
        where TMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
    {
        protected override void Dropped()
        {
        }
    }
}
