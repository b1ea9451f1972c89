using Microsoft.Extensions.Logging;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Jobs;

/// <summary>A job at work.</summary>
public sealed class JobActivation(
    IActivationHost<JobState> host, JobEffects effects, IJobFeed feed, ILogger<JobActivation> logger)
    : Activation<JobMachine, JobState, JobCommand, JobEvent, JobEffect>(host, logger), IJob
{
    /// <summary>From before the intent is written until what came of it has been: an answer that is not on the disk is lost.</summary>
    private IDisposable? _submit;

    public Task<Result<JobView>> Start(JobCommand.Start command) => Ask<JobView>(command);

    public Task<Result<JobView>> Cancel() => Ask<JobView>(new JobCommand.Cancel());

    public async Task<Result<JobView>> Hint(int attempt) =>
        Committed.Status == JobStatus.None ? Error.NoSuchJob : await Ask<JobView>(new JobCommand.Hinted(attempt));

    public Task<Result<Verdict>> Judge(JobCommand.Judge command) => Ask<Verdict>(command);

    public Task<Result<JobView>> Read() => Task.FromResult<Result<JobView>>(
        Committed.Status == JobStatus.None ? Error.NoSuchJob : JobMachine.View(Committed));

    protected override async Task Perform(JobEffect effect)
    {
        if (State is not { Spec: { } spec } || await effects.Perform(State.Id, spec, effect) is not { } answer)
            return;
        if (answer is JobCommand.GateEntered && State.Status == JobStatus.Accepted)
            _submit ??= effects.BeginSubmit();
        try
        {
            await Ask<object>(answer);
        }
        finally
        {
            if (State is not { Status: JobStatus.Submitting, Attempt.Unclear: false })
                EndSubmit();
        }
    }

    protected override void Dropped()
    {
        EndSubmit();
        if (State.Spec is { } spec)
            effects.Leave(State.Id, spec);
    }

    protected override void Changed() => feed.Publish(JobMachine.View(Committed));

    private void EndSubmit()
    {
        _submit?.Dispose();
        _submit = null;
    }
}
