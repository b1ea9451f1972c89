using TryOn.Core.Jobs;
using TryOn.Core.Providers;

namespace TryOn.Engine.Jobs;

/// <summary>What a job is told of an effect whose outcome is unknown: nothing is concluded from it.</summary>
internal static class UnknownOutcome
{
    private static readonly ProviderReply Exception = ProviderReply.FaultOf(FaultKind.OutcomeUnknown, "exception");

    /// <summary>Null for an effect that has no answer.</summary>
    public static JobCommand? ForEffect(JobEffect effect) => effect switch
    {
        JobEffect.Submit submit => new JobCommand.Replied(submit.Attempt.Number, Exception),
        JobEffect.Find find => new JobCommand.Found(find.Attempt.Number, Exception),
        JobEffect.Poll poll => new JobCommand.Replied(poll.Attempt.Number, Exception),
        JobEffect.Store store => new JobCommand.StoreFailed(store.Attempt.Number),
        JobEffect.CancelUpstream cancel => new JobCommand.CancelAnswered(cancel.Attempt.Number, Stopped: false),
        JobEffect.Settle => new JobCommand.AccountAnswered(Settlement.None),
        JobEffect.Notice => new JobCommand.Noticed(Held: false),
        _ => null,
    };
}
