using TryOn.Core.Egress;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>
/// An upstream that returns the picture in its answer to the call. It keeps nothing that could be asked for later and
/// offers no idempotency key, so the result of a lost answer cannot be recovered.
/// </summary>
/// <param name="name">The provider's name in the catalog and in fault codes.</param>
/// <param name="timeout">How long a call may take.</param>
public abstract class SynchronousProvider(
    string name, bool configured, string modelId, int concurrencyMax, TimeSpan timeout, TimeProvider time,
    HttpMessageInvoker http) : ITryOnProvider
{
    private readonly UpstreamHttp _http = new(http, time, AnswerPictures.BodyBytesMax);

    public string Name => name;

    public int ConcurrencyMax => concurrencyMax;

    public TimeSpan SubmitMax => timeout;

    public string? ModelId(string model) => modelId;

    /// <summary>Empty: results are part of the answer and never downloaded.</summary>
    public EgressAllowList Downloads => EgressAllowList.Empty;

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        if (!configured)
            return ProviderReply.NotConfigured(name);
        using var request = Request(call);
        return Reply(await _http.Send(request, timeout, cancellation));
    }

    public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) =>
        Task.FromResult<ProviderReply>(new ProviderReply.CannotTell());

    public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) =>
        Task.FromResult<ProviderReply>(new ProviderReply.CannotTell());

    protected abstract HttpRequestMessage Request(ProviderCall call);

    protected abstract ProviderReply Reply(UpstreamAnswer answer);
}
