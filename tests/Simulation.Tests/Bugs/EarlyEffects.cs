using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>Performs an effect of a job before the decision has been committed.</summary>
internal static class EarlyEffects
{
    public static void Begin(JobState job, JobEffect effect) =>
        _ = Perform((Host)SynchronizationContext.Current!, job, effect);

    private static async Task Perform(Host host, JobState job, JobEffect effect)
    {
        if (await host.Effects.Perform(job.Id, job.Spec!, effect) is not JobCommand<JobView> answer)
            return;
        try
        {
            await host.Directory.Job(job.Id).Ask(answer);
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or CommitFailedException)
        {
            // The answer is ignored.
        }
    }
}
