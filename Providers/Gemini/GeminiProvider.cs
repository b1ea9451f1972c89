using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

/// <summary>Gemini's image models.</summary>
public sealed class GeminiProvider(GeminiOptions options, TimeProvider time, HttpMessageInvoker http)
    : SynchronousProvider(
        "gemini", options.Configured, options.ModelId, options.ConcurrencyMax, options.Timeout, time, http)
{
    private readonly GeminiRequests _requests = new(options);

    protected override HttpRequestMessage Request(ProviderCall call) => _requests.Generate(call);

    protected override ProviderReply Reply(UpstreamAnswer answer) => GeminiReplies.FromAnswer(answer);
}
