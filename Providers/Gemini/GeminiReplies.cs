using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>
/// Interprets Gemini's answers. A 200 may be a refusal: only a picture with a regular finish reason is a result.
/// </summary>
public static class GeminiReplies
{
    public static ProviderReply FromAnswer(UpstreamAnswer answer) =>
        answer switch
        {
            UpstreamAnswer.Answered answered when !AnswerPictures.Fit(answered.Body, "data"u8) =>
                ProviderReply.FaultOf(FaultKind.NoPicture, "gemini:too_many_pictures") with
                {
                    Cost = CostOf(GeminiBill.Read(answered.Body)?.TokensUsed),
                },
            UpstreamAnswer.Answered { Succeeded: true } answered => OfGenerated(answered),
            UpstreamAnswer.Answered answered => Fault(answered),
            UpstreamAnswer.Lost { Reason: UpstreamHttp.TooLarge } =>
                ProviderReply.FaultOf(FaultKind.NoPicture, "gemini:too_large"),
            UpstreamAnswer.Lost lost => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"gemini:{lost.Reason}"),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "gemini:unreachable"),
        };

    private static ProviderReply OfGenerated(UpstreamAnswer.Answered answered)
    {
        if (GeminiAnswer.Read(answered.Body) is not { Error: null } answer)
            return Fault(answered);
        return GeminiClassification.Blocked(answer) is null && Picture(answer) is { } picture
            ? new ProviderReply.Delivered([picture]) { Cost = CostOf(answer.TokensUsed) }
            : new ProviderReply.Faulted(GeminiClassification.OfAnswer(answer)) { Cost = CostOf(answer.TokensUsed) };
    }

    /// <summary>An answer without a picture is billed too.</summary>
    private static ProviderCost? CostOf(long? tokens) =>
        tokens is { } used ? new ProviderCost(used, "gemini_tokens") : null;

    private static ProviderReply.Faulted Fault(UpstreamAnswer.Answered answered) =>
        new(GeminiClassification.Classify(answered.Status, answered.RetryAfter, answered.Body));

    /// <summary>The last picture is the result; earlier ones are drafts.</summary>
    private static byte[]? Picture(GeminiAnswer answer) =>
        answer.Candidates is [{ FinishReason: null or "" or "STOP", Content.Parts: { } parts }, ..]
            ? parts.Where(part => part is not null && part.Thought != true)
                .Select(part => part!.Picture?.Data)
                .LastOrDefault(data => data is not null && ImageKinds.Recognize(data) != ImageKind.None)
            : null;
}
