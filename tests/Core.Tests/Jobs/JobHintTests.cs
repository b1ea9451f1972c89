using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobHintTests
{
    private static readonly JobCommand Hint = new JobCommand.Hinted(1);

    [Fact]
    public void Hint_WhileWaiting_AsksAtOnceAndOnce()
    {
        var scenario = Given(Waiting).When(Hint, At(3)).Then(new JobEvent.Asked())
            .Asks(new JobEffect.Poll(Waiting.Attempt!));

        scenario.When(Hint, At(3)).ChangesNothing();
    }

    [Fact]
    public void Hint_WhileUnclear_AsksWhetherItIsThere() =>
        Given(Unclear).When(Hint, At(2)).Then(new JobEvent.Asked()).Asks(new JobEffect.Find(Unclear.Attempt!));

    [Fact]
    public void Hint_BetweenTwoAbsences_ChangesNothing() => Given(After(Unclear, new JobEvent.AttemptAbsent(At(5))))
        .When(Hint, At(3)).ChangesNothing();

    [Fact]
    public void Hint_InAnotherState_ChangesNothing()
    {
        Given(Accepted).When(Hint, At(3)).ChangesNothing();
        Given(Submitting).When(Hint, At(3)).ChangesNothing();
        Given(Storing).When(Hint, At(3)).ChangesNothing();
        Given(Succeeded).When(Hint, At(30)).ChangesNothing();
        Given(Waiting).When(new JobCommand.Hinted(2), At(3)).ChangesNothing();
    }

    [Fact]
    public void Hint_ToAJobThatNeverBegan_IsRefused() =>
        Given(new JobState()).When(Hint, At(3)).Refuses(ErrorCode.NotFound);
}
