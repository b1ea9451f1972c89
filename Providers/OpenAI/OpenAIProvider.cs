using TryOn.Core.Egress;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>
/// OpenAI's image edits: the answer to the call holds the picture. Nothing is kept upstream that could be asked for
/// later, and no key makes a repeat safe, so a lost answer stays lost.
/// </summary>
public sealed class OpenAIProvider(OpenAIOptions options, TimeProvider time, HttpMessageInvoker http) : ITryOnProvider
{
    private readonly UpstreamHttp _http = new(http, time);
    private readonly OpenAIRequests _requests = new(options);

    public string Name => "openai";

    public int ConcurrencyMax => options.ConcurrencyMax;

    public TimeSpan SubmitMax => options.Timeout;

    public string? ModelId(string model) => options.ModelId;

    /// <summary>Results come in the answer, never by address.</summary>
    public EgressAllowList Downloads => EgressAllowList.Empty;

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        if (!options.Configured)
            return ProviderReply.FaultOf(FaultKind.Operator, "openai:not_configured");
        using var request = _requests.Edit(call);
        return OpenAIReplies.Of(await _http.Send(request, options.Timeout, cancellation));
    }

    public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) =>
        Task.FromResult<ProviderReply>(new ProviderReply.CannotTell());

    public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) =>
        Task.FromResult<ProviderReply>(new ProviderReply.CannotTell());
}
