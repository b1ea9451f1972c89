using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Machines;
using TryOn.Engine;
using TryOn.Engine.Jobs;
using TryOn.Simulation.Tests.Bugs;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>A job's activation whose machine can be another one, and which may hear an upstream's answer twice.</summary>
internal sealed class StandInJob<TMachine>(World world, IActivationHost<JobState> host, JobEffects effects)
    : Activation<TMachine, JobState, JobCommand, JobEvent, JobEffect>(host, NullLogger.Instance), IJob
    where TMachine : IMachine<JobState, JobCommand, JobEvent, JobEffect>
{
    private static readonly TimeSpan EchoMax = TimeSpan.FromSeconds(20);

    public Task<Result<JobView>> Start(JobCommand.Start command) => Tell<JobView>(command);

    public Task<Result<JobView>> Cancel() => Tell<JobView>(new JobCommand.Cancel());

    public Task<Result<JobView>> Hint(int attempt) => Tell<JobView>(new JobCommand.Hinted(attempt));

    public Task<Result<Verdict>> Judge(JobCommand.Judge command) => Tell<Verdict>(command);

    public Task<Result<JobView>> Read() => Task.FromResult<Result<JobView>>(
        Committed.Status == JobStatus.None ? Error.NoSuchJob : JobMachine.View(Committed));

    public Task Wake()
    {
        Flaws.ActNow = ActNow;
        return OnDue();
    }

    protected override async Task Perform(JobEffect effect)
    {
        if (State is not { Spec: { } spec })
            return;
        var early = effect is JobEffect.Find { Attempt: { Unclear: false, Node: { } node } attempt } && Lives(node)
            ? effects.StillOut(spec, attempt, Clock.GetUtcNow())
            : null;
        if ((early ?? await effects.Perform(State.Id, spec, effect)) is not { } answer)
            return;
        answer = answer is JobCommand.GateEntered ? new JobCommand.GateEntered(Node) : answer;
        var echoed = answer is JobCommand.Replied or JobCommand.Stored or JobCommand.StoreFailed
            && world.Fault(world.Traits.Echoes);
        if (echoed)
            _ = Echo(answer);
        await Tell<object>(answer);
    }

    protected override void Dropped()
    {
        if (State.Spec is { } spec && world.Bug != Bug.PlaceKeptByTheDropped)
            effects.Leave(State.Id, spec);
    }

    private Task<Result<T>> Tell<T>(JobCommand command)
        where T : class
    {
        Flaws.ActNow = ActNow;
        return Ask<T>(command);
    }

    private async Task Echo(JobCommand answer)
    {
        try
        {
            await Task.Delay(EchoMax * (world.Dice.Next(1000) / 1000.0), Clock);
            await Tell<object>(answer);
        }
        catch (CommitFailedException)
        {
            // Nobody listens any more.
        }
    }

    private void ActNow(JobEffect effect) => _ = Act(State.Id, State.Spec!, effect);

    private async Task Act(string id, JobSpec spec, JobEffect effect)
    {
        if (await effects.Perform(id, spec, effect) is not { } answer)
            return;
        try
        {
            await Tell<object>(answer);
        }
        catch (CommitFailedException)
        {
            // Nobody listens any more.
        }
    }
}
