using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>Interprets FAL's answers. A completed run has succeeded only if its result says so too.</summary>
public sealed class FalReplies(FalOptions options)
{
    public ProviderReply OfSubmit(UpstreamAnswer answer, string endpoint) =>
        answer is UpstreamAnswer.Answered { Succeeded: true } answered && FalQueued.Read(answered.Body) is { } queued
            ? new ProviderReply.Waiting(
                FalAddresses.PathOf(queued.StatusUrl, endpoint, queued.RequestId!, options), options.FirstPoll)
            : Fault(FalOperation.Submit, answer);

    /// <summary>Null when the run has completed and its result must be fetched.</summary>
    public ProviderReply? OfStatus(UpstreamAnswer answer, string path, out FalStatus? status)
    {
        status = answer is UpstreamAnswer.Answered { Succeeded: true } answered ? FalStatus.Read(answered.Body) : null;
        return status?.Status switch
        {
            "IN_QUEUE" or "IN_PROGRESS" => new ProviderReply.Waiting(path, options.PollInterval),
            "COMPLETED" => null,
            null => Fault(FalOperation.Poll, answer),
            _ => Unknown("unknown_status"),
        };
    }

    public static ProviderReply OfResult(UpstreamAnswer answer, FalStatus status)
    {
        var reply = Outcome(answer, status);
        // A result that could not be fetched is fetched again, and reports its cost then.
        return answer is UpstreamAnswer.Answered answered && reply is (ProviderReply.Ready or ProviderReply.Ended)
            ? reply with { Cost = CostHeader.Read(answered, "x-fal-billable-units", "fal_units") }
            : reply;
    }

    private static ProviderReply Outcome(UpstreamAnswer answer, FalStatus status) =>
        answer switch
        {
            UpstreamAnswer.Answered { Succeeded: true } answered when !status.Failed =>
                OfPictures(FalResult.Read(answered.Body)),
            UpstreamAnswer.Answered answered when status.Failed => new ProviderReply.Ended(Failure(answered, status)),
            // The run is not known to have failed, so only the model's own rejection of its input ends it.
            UpstreamAnswer.Answered { Status: 422 } answered =>
                new ProviderReply.Ended(FalClassification.Classify(FalOperation.Result, answered)),
            _ => Fault(FalOperation.Poll, answer),
        };

    /// <summary>
    /// Classifies a failed run by the platform's error type in the status or, without one, by the model's error in
    /// place of the result.
    /// </summary>
    private static ProviderFault Failure(UpstreamAnswer.Answered answered, FalStatus status)
    {
        if (FalClassification.OfErrorType(status.ErrorType) is { } kind)
            return new ProviderFault(kind, $"fal:{ShortCode.FromText(status.ErrorType)}");
        return answered.Succeeded
            ? new ProviderFault(FaultKind.TaskFailed, "fal:failed")
            : FalClassification.Classify(FalOperation.Result, answered);
    }

    private static ProviderReply OfPictures(FalResult? result)
    {
        if (result is null)
            return Unknown("not_json");
        // A picture that the model itself flags as unsafe is not passed on.
        if (result.HasNsfwConcepts?.Any(unfit => unfit == true) == true)
            return ProviderReply.EndOf(FaultKind.Moderation, "fal:nsfw");
        return AnswerPictures.At(
            "fal", (result.Images ?? []).Append(result.Image).Select(picture => picture?.Url));
    }

    public static ProviderReply Fault(FalOperation operation, UpstreamAnswer answer) =>
        answer switch
        {
            UpstreamAnswer.Answered { Succeeded: true } => Unknown("not_understood"),
            UpstreamAnswer.Answered answered =>
                new ProviderReply.Faulted(FalClassification.Classify(operation, answered)),
            UpstreamAnswer.Lost lost => Unknown(lost.Reason),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "fal:unreachable"),
        };

    private static ProviderReply Unknown(string reason) =>
        ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"fal:{reason}");
}
