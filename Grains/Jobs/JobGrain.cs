using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Engine.Jobs;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Jobs;

/// <summary>A job as a grain. Reentrant, since its turns are kept whole by the engine and it must answer while it waits.</summary>
[Reentrant]
[GrainType("job")]
public sealed class JobGrain : Grain, IJobGrain, IRemindable
{
    private const string Record = "job";

    private readonly GrainHost<JobState> _host;
    private readonly JobActivation _job;

    public JobGrain(
        [PersistentState(Record, ClusterStorage.Records)] IPersistentState<JobState> record, JobEffects effects, IJobFeed feed,
        TimeProvider clock, ILogger<JobActivation> logger)
    {
        _host = new GrainHost<JobState>(
            this, Record, record, DelayDeactivation, job => job.Status is JobStatus.Waiting or JobStatus.Storing || job.OwesNotice,
            () => _job!.OnDue(), clock, logger);
        _job = new JobActivation(_host, effects, feed, logger);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _job.TakeUp();

    /// <summary>Orleans may do this to a job at work, when the silo that kept its whereabouts has gone.</summary>
    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _host.LetGo();
        _job.LetGo();
        return Task.CompletedTask;
    }

    public Task<Result<JobView>> Start(JobCommand.Start command) => _job.Start(command);

    public Task<Result<JobView>> Read() => _job.Read();

    public Task<Result<JobView>> Cancel() => _job.Cancel();

    public Task<Result<JobView>> Hint(int attempt) => _job.Hint(attempt);

    public Task<Result<Verdict>> Judge(JobCommand.Judge command) => _job.Judge(command);

    /// <summary>Being called is what counts: activation has taken the job up. What is due is done in case timers are late.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _job.OnDue();
        if (_job.Idle)
            await _host.Remind(wanted: false);
    }
}
