using Microsoft.Extensions.Logging;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using TryOn.Engine.Activations;

namespace TryOn.Engine.Jobs;

/// <summary>Runs a job.</summary>
public sealed class JobActivation(IActivationHost<JobState> host, JobEffects effects, IJobFeed feed, ILogger logger)
    : JobActivation<JobMachine>(host, effects, feed, logger);

/// <typeparam name="TMachine">The rules. The simulation runs machines with seeded bugs to check that it detects
/// them.</typeparam>
public class JobActivation<TMachine>(IActivationHost<JobState> host, JobEffects effects, IJobFeed feed, ILogger logger)
    : Activation<TMachine, JobState, JobCommand, JobEvent, JobEffect>(host, logger), IJob
    where TMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
{
    /// <summary>
    /// Delays a stop of the process from before the intent of a submit is committed until its result is, because an
    /// answer that is not stored is lost.
    /// </summary>
    private IDisposable? _runningSubmit;

    /// <summary>
    /// True once the host has unloaded this activation: another one may already be running in another process.
    /// </summary>
    private bool _unloaded;

    public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
        where TReply : class => Execute<TReply>(command);

    public Task<Result<JobView>> Read() => Task.FromResult<Result<JobView>>(
        Committed.Status == JobStatus.None ? Error.NoSuchJob : JobMachine.View(Committed));

    /// <summary>
    /// The host unloads the job although no write failed. Its permits are released, except that of a running submit:
    /// the upstream is working, and the answer is stored unless another activation has written since.
    /// </summary>
    public override void Unload()
    {
        _unloaded = true;
        if (_runningSubmit is null)
            LeaveGates();
    }

    protected override async Task Perform(JobEffect effect)
    {
        if (State is not { Spec: { } spec } || await Perform(spec, effect) is not { } answer)
            return;
        if (answer is JobCommand.GateEntered && State.Status == JobStatus.Accepted)
        {
            if (_unloaded)
            {
                LeaveGates();
                return;
            }

            _runningSubmit ??= effects.BeginSubmit();
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

    protected override void OnInvalidated()
    {
        EndSubmit();
        LeaveGates();
    }

    protected override void OnCommitted() => feed.Publish(JobMachine.View(Committed));

    private async Task<JobCommand?> Perform(JobSpec spec, JobEffect effect) =>
        effect is JobEffect.Find { Attempt: { Unclear: false, Node: { } node } attempt } && IsAlive(node)
            && effects.SubmitRunning(spec, attempt, Clock.GetUtcNow()) is { } early
                ? early
                : WithNode(await effects.Perform(State.Id, spec, effect));

    private JobCommand? WithNode(JobCommand? answer) =>
        answer is JobCommand.GateEntered ? new JobCommand.GateEntered(Node) : answer;

    private void EndSubmit()
    {
        if (_runningSubmit is null)
            return;
        _runningSubmit.Dispose();
        _runningSubmit = null;
        if (_unloaded)
            LeaveGates();
    }

    private void LeaveGates()
    {
        if (State.Spec is { } spec)
            effects.LeaveGates(State.Id, spec);
    }
}
