using Microsoft.Extensions.Logging;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Machines;

namespace TryOn.Engine.Jobs;

/// <summary>A job at work.</summary>
public sealed class JobActivation(IActivationHost<JobState> host, JobEffects effects, IJobFeed feed, ILogger logger)
    : JobActivation<JobMachine>(host, effects, feed, logger);

/// <typeparam name="TMachine">The rules; the simulation runs flawed ones to see whether it would notice.</typeparam>
public class JobActivation<TMachine>(IActivationHost<JobState> host, JobEffects effects, IJobFeed feed, ILogger logger)
    : Activation<TMachine, JobState, JobCommand, JobEvent, JobEffect>(host, logger), IJob
    where TMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
{
    /// <summary>From before the intent is written until what came of it has been: an answer that is not on the disk is lost.</summary>
    private IDisposable? _submit;

    /// <summary>The host has let go of it: the next activation may be at work already, in another process.</summary>
    private bool _letGo;

    public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
        where TReply : class => Execute<TReply>(command);

    public Task<Result<JobView>> Read() => Task.FromResult<Result<JobView>>(
        Committed.Status == JobStatus.None ? Error.NoSuchJob : JobMachine.View(Committed));

    /// <summary>
    /// The host forgets it though no write failed. Its places are free, but for that of a submit under way: the upstream is at
    /// work, and the answer is still written down unless somebody else has written.
    /// </summary>
    public override void LetGo()
    {
        _letGo = true;
        if (_submit is null)
            LeaveGates();
    }

    protected override async Task Perform(JobEffect effect)
    {
        if (State is not { Spec: { } spec } || await Answer(spec, effect) is not { } answer)
            return;
        if (answer is JobCommand.GateEntered && State.Status == JobStatus.Accepted)
        {
            if (_letGo)
            {
                LeaveGates();
                return;
            }

            _submit ??= effects.BeginSubmit();
        }

        try
        {
            await Execute<object>(answer);
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
        LeaveGates();
    }

    protected override void Changed() => feed.Publish(JobMachine.View(Committed));

    private async Task<JobCommand?> Answer(JobSpec spec, JobEffect effect) =>
        effect is JobEffect.Find { Attempt: { Unclear: false, Node: { } node } attempt } && Lives(node)
            && effects.StillOut(spec, attempt, Clock.GetUtcNow()) is { } early
                ? early
                : Signed(await effects.Perform(State.Id, spec, effect));

    private JobCommand? Signed(JobCommand? answer) => answer is JobCommand.GateEntered ? new JobCommand.GateEntered(Node) : answer;

    private void EndSubmit()
    {
        if (_submit is null)
            return;
        _submit.Dispose();
        _submit = null;
        if (_letGo)
            LeaveGates();
    }

    private void LeaveGates()
    {
        if (State.Spec is { } spec)
            effects.Leave(State.Id, spec);
    }
}
