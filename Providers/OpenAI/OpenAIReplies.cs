using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>Interprets OpenAI's answers: only a complete picture with a 2xx is a result.</summary>
public static class OpenAIReplies
{
    public static ProviderReply FromAnswer(UpstreamAnswer answer) =>
        answer switch
        {
            UpstreamAnswer.Answered answered when !AnswerPictures.Fit(answered.Body, "b64_json"u8) =>
                ProviderReply.FaultOf(FaultKind.NoPicture, "openai:too_many_pictures") with
                {
                    Cost = CostOf(OpenAIBill.Read(answered.Body)?.TokensUsed),
                },
            UpstreamAnswer.Answered answered => OfAnswered(answered, OpenAIAnswer.Read(answered.Body)),
            UpstreamAnswer.Lost { Reason: UpstreamHttp.TooLarge } =>
                ProviderReply.FaultOf(FaultKind.NoPicture, "openai:too_large"),
            UpstreamAnswer.Lost lost => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"openai:{lost.Reason}"),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "openai:unreachable"),
        };

    /// <summary>An answer without a picture may be billed too.</summary>
    private static ProviderReply OfAnswered(UpstreamAnswer.Answered answered, OpenAIAnswer? body)
    {
        var cost = CostOf(body?.TokensUsed);
        return answered.Succeeded && Picture(body) is { } picture
            ? new ProviderReply.Delivered([picture]) { Cost = cost }
            : new ProviderReply.Faulted(OpenAIClassification.Classify(answered)) { Cost = cost };
    }

    private static ProviderCost? CostOf(long? tokens) =>
        tokens is { } used ? new ProviderCost(used, "openai_tokens") : null;

    private static byte[]? Picture(OpenAIAnswer? body) =>
        body is { Error: null, Data: { } data }
            ? data.Select(picture => picture?.Content).FirstOrDefault(
                content => content is not null && ImageKinds.Recognize(content) != ImageKind.None)
            : null;
}
