using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Upstreams;

/// <summary>Delivers answers of upstreams a second time, later, on whichever host has the job by then.</summary>
internal sealed class Echoes(World world, Host host)
{
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Answers with pictures are not repeated here, since the pictures are stored first; see <see cref="EchoingFeed"/>.
    /// </summary>
    public ProviderReply Heard(string attemptId, ProviderReply reply)
    {
        if (reply is not ProviderReply.Delivered && AttemptId.TryRead(attemptId, out var jobId, out var number))
            Heard(jobId, new JobCommand.Replied(number, reply));
        return reply;
    }

    public void Heard(string jobId, JobCommand<JobView> answer)
    {
        if (!world.Fault(world.Traits.Echoes))
            return;
        world.Timeline.After(DelayMax * (world.Random.Next(1000) / 1000.0), host, () => _ = Tell(jobId, answer));
    }

    private async Task Tell(string jobId, JobCommand<JobView> answer)
    {
        try
        {
            await host.Directory.Job(jobId).Ask(answer);
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or CommitFailedException)
        {
            world.Note("echo lost", jobId, 0, failure.Message);
        }
    }
}

/// <summary>
/// A feed without subscribers. A job that succeeds is told a second time that its pictures are stored.
/// </summary>
internal sealed class EchoingFeed(World world, Host host) : IJobFeed
{
    public void Publish(JobView job)
    {
        if (job.Status == JobStatus.Succeeded && world.Jobs.State(job.Id) is { Attempt: { } attempt })
            host.Echoes.Heard(job.Id, new JobCommand.Stored(attempt.Number, job.Outputs));
    }

    public IJobSubscription Subscribe(string jobId) => throw new NotSupportedException();

    public IJobSubscription SubscribeAccount(string accountId) => throw new NotSupportedException();
}
