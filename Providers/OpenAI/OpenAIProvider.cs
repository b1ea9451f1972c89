using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>OpenAI's image edits.</summary>
public sealed class OpenAIProvider(OpenAIOptions options, TimeProvider time, HttpMessageInvoker http)
    : SynchronousProvider(
        "openai", options.Configured, options.ModelId, options.ConcurrencyMax, options.Timeout, time, http)
{
    private readonly OpenAIRequests _requests = new(options);

    protected override HttpRequestMessage Request(ProviderCall call) => _requests.Edit(call);

    protected override ProviderReply Reply(UpstreamAnswer answer) => OpenAIReplies.FromAnswer(answer);
}
