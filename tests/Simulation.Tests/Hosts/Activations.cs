using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using TryOn.Engine.Accounts;
using TryOn.Engine.Activations;
using TryOn.Engine.Jobs;
using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Storage;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>Creates the production activations, or ones with the flawed machines where a bug is seeded.</summary>
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
            : world.Bug == Bug.PlaceKeptByTheDropped ? new PermitLeaker<FlawedJobMachine>(port, host.Effects, feed)
            : new JobActivation<FlawedJobMachine>(port, host.Effects, feed, NullLogger.Instance);
    }

    /// <summary>The seeded bug: a dropped activation keeps its permits at the gates of its process.</summary>
    private sealed class PermitLeaker<TMachine>(IActivationHost<JobState> host, JobEffects effects, IJobFeed feed)
        : JobActivation<TMachine>(host, effects, feed, NullLogger.Instance)
        where TMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
    {
        protected override void OnInvalidated()
        {
        }
    }
}
