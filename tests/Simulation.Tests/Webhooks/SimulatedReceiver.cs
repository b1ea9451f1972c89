using System.Text;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Webhooks;

/// <summary>The receiver of webhooks, which tells the rules what was delivered.</summary>
internal sealed class SimulatedReceiver(World world)
{
    public const string Origin = "https://gateway.example";

    private readonly HashSet<string> _told = [];

    public bool Told(string jobId) => _told.Contains(jobId);

    public static JobWebhook Webhook { get; } = new("https://receiver.example/jobs", Origin);

    /// <summary>The body of a message is the job's id.</summary>
    public static Task<byte[]> Body(JobView job, DeliverySpec spec) => Task.FromResult(Encoding.ASCII.GetBytes(job.Id));

    public void Receive(string jobId)
    {
        world.Note("webhook", jobId);
        world.Hold(world.Jobs.State(jobId) is { Ended: true }, "I9 webhook", $"{jobId} was said to have ended.");
        _told.Add(jobId);
    }
}

/// <summary>The receiver as one host reaches it.</summary>
internal sealed class HostPoster(World world, Host host) : IPoster
{
    public async ValueTask<PostResult> Post(
        Uri address, PostContent content, FetchPolicy policy, CancellationToken cancellation)
    {
        await Wait.For(world, host, 5, 500);
        if (world.Fault(world.Traits.UpstreamFaults / 2))
            return new PostResult(Status: null, FetchFailure.TimedOut);
        world.Receiver.Receive(Encoding.ASCII.GetString(content.Body));
        return new PostResult(world.Fault(world.Traits.AnswersLost) ? 500 : 200, Failure: null);
    }
}
