using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>Reads answers: only a whole picture under a 2xx is a result.</summary>
public static class OpenAIReplies
{
    public static ProviderReply Of(UpstreamAnswer answer) =>
        answer switch
        {
            UpstreamAnswer.Answered { Succeeded: true } answered when Picture(answered.Body) is { } picture =>
                new ProviderReply.Delivered([picture]),
            UpstreamAnswer.Answered answered => new ProviderReply.Faulted(OpenAIClassification.Classify(answered)),
            UpstreamAnswer.Lost lost => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"openai:{lost.Reason}"),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "openai:unreachable"),
        };

    private static byte[]? Picture(byte[] body) =>
        OpenAIAnswer.Read(body) is { Error: null, Data: { } data }
            ? data.Select(picture => picture?.Content).FirstOrDefault(
                content => content is not null && ImageInspector.Read(content) is not null)
            : null;
}
