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
            UpstreamAnswer.Answered answered => OfAnswered(answered, OpenAIAnswer.Read(answered.Body)),
            UpstreamAnswer.Lost lost => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"openai:{lost.Reason}"),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "openai:unreachable"),
        };

    /// <summary>An answer without a picture may be billed too.</summary>
    private static ProviderReply OfAnswered(UpstreamAnswer.Answered answered, OpenAIAnswer? body)
    {
        var cost = body?.TokensUsed is { } tokens ? new ProviderCost(tokens, "openai_tokens") : null;
        return answered.Succeeded && Picture(body) is { } picture
            ? new ProviderReply.Delivered([picture]) { Cost = cost }
            : new ProviderReply.Faulted(OpenAIClassification.Classify(answered)) { Cost = cost };
    }

    private static byte[]? Picture(OpenAIAnswer? body) =>
        body is { Error: null, Data: { } data }
            ? data.Select(picture => picture?.Content).FirstOrDefault(
                content => content is not null && ImageInspector.Read(content) is not null)
            : null;
}
