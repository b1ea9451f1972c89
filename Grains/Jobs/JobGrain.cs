using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Engine.Activations;
using TryOn.Engine.Jobs;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Machines;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Jobs;

/// <summary>
/// A job as a grain. Until the job is settled, its account revives it as long as the reservation is open. A job with a
/// webhook also has its own reminder, because its notice may remain due for longer.
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
    /// Unloads a finished job soon after it was read, because histories and audits read very many of them. A finished
    /// job has no work that could start while it is unloaded.
    /// </summary>
    public async Task<Result<JobView>> Read()
    {
        var job = await Activation.Read();
        if (job.Value is { Ended: true } && Activation.Idle)
            DeactivateSoon();
        return job;
    }

    protected override JobActivation Create(IActivationHost<JobState> host) => new(host, effects, feed, logger);

    protected override bool NeedsReminder(JobState state) => state.Spec?.Webhook is not null;
}
