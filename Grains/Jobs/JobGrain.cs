using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Engine;
using TryOn.Engine.Jobs;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Jobs;

/// <summary>
/// A job as a grain. Until it is settled its account revives it, for as long as the reservation is open; a reminder of its
/// own does where a webhook has to be told of its end, which may be owed for longer.
/// </summary>
[GrainType("job")]
public sealed class JobGrain(
    [PersistentState(JobGrain.Record, ClusterStorage.Records)] IPersistentState<JobState> record, JobEffects effects,
    IJobFeed feed, TimeProvider clock, ILogger<JobActivation> logger)
    : MachineGrain<JobState, JobActivation>(Record, record, clock, logger), IJobGrain
{
    private const string Record = "job";

    public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
        where TReply : class => Activation.Ask(command);

    /// <summary>
    /// Histories and audits read very many jobs that are over, and none of them is to stay in memory for that. Nothing can
    /// begin again in such a job while it is leaving.
    /// </summary>
    public async Task<Result<JobView>> Read()
    {
        var job = await Activation.Read();
        if (job.Value is { Ended: true } && Activation.Idle)
            LeaveSoon();
        return job;
    }

    protected override JobActivation Create(IActivationHost<JobState> host) => new(host, effects, feed, logger);

    protected override bool NeedsReminder(JobState state) => state.Spec?.Webhook is not null;
}
