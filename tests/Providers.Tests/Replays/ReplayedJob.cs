using TryOn.Core.Accounts;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Machines;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Replays;

/// <summary>Runs a job with the real machine and the real adapter to its end and settlement.</summary>
public sealed class ReplayedJob(ITryOnProvider provider, ReplayRow row)
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly Queue<JobEffect> _effects = [];
    private DateTimeOffset _now = Start;

    public JobState State { get; private set; } = JobMachine.Initial;

    public async Task<JobState> Run()
    {
        var picture = new JobPicture(new PictureId("job", "in.png"), ImageFormat.Png);
        Do(new JobCommand.Start("job", new JobSpec(
            "account", AccountMode.Live, "any/model", provider.Name, Credits: 1, [picture], [picture], Prompt: null,
            FastMode: false, "print", Start + TimeSpan.FromMinutes(10))));
        for (var steps = 0; JobMachine.Unfinished(State); steps++)
        {
            Assert.True(steps < 5000, $"Still not at its end: {State}");
            if (_effects.TryDequeue(out var effect))
                await Perform(effect);
            else
                Tick();
        }

        return State;
    }

    private void Tick()
    {
        _now = JobMachine.Due(State) is { } due && due > _now ? due : _now;
        Do(JobMachine.Tick);
    }

    private async Task Perform(JobEffect effect)
    {
        JobCommand? answer = effect switch
        {
            JobEffect.EnterGate => new JobCommand.GateEntered(),
            JobEffect.Submit submit => new JobCommand.Replied(submit.Attempt.Number, await Submit(submit.Attempt)),
            JobEffect.Find find => new JobCommand.Found(
                find.Attempt.Number, await provider.Find(find.Attempt.Id, "any/model", CancellationToken.None)),
            JobEffect.Poll poll => new JobCommand.Replied(poll.Attempt.Number, await Poll()),
            JobEffect.Store store => new JobCommand.Stored(
                store.Attempt.Number, [new Output(new PictureId("job", "out.png"), "image/png", 1, 1, 1, "hash")]),
            JobEffect.Settle settle => new JobCommand.AccountAnswered(settle.Settlement),
            _ => null,
        };
        if (answer is not null)
            Do(answer);
    }

    private Task<ProviderReply> Submit(Attempt attempt) => row.Operation == "submit"
        ? provider.Submit(Calls.One(attempt.Id), CancellationToken.None)
        : Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up-1", TimeSpan.FromSeconds(1)));

    private Task<ProviderReply> Poll() => row.Operation == "submit"
        ? Task.FromResult<ProviderReply>(new ProviderReply.Ready(["https://picture.test/1.png"]))
        : provider.Poll("up-1", CancellationToken.None);

    private void Do(JobCommand command)
    {
        var decided = Assert.IsType<Decision<JobEvent, JobEffect>.Accepted>(JobMachine.Decide(State, command, _now));
        State = decided.Events.Aggregate(State, JobMachine.Evolve);
        foreach (var effect in decided.Effects)
            _effects.Enqueue(effect);
    }
}
