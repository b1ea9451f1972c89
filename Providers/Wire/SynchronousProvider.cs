using TryOn.Core.Egress;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>
/// An upstream whose answer to the call holds the picture. Nothing is kept there that could be asked for later, and no
/// key makes a repeat safe, so a lost answer stays lost.
/// </summary>
/// <param name="name">As in models' <c>provider</c> and in fault codes.</param>
/// <param name="timeout">How long a call may take.</param>
public abstract class SynchronousProvider(
    string name, bool configured, string modelId, int concurrencyMax, TimeSpan timeout, TimeProvider time,
    HttpMessageInvoker http) : ITryOnProvider
{
    private readonly UpstreamHttp _http = new(http, time);

    public string Name => name;

    public int ConcurrencyMax => concurrencyMax;

    public TimeSpan SubmitMax => timeout;

    public string? ModelId(string model) => modelId;

    /// <summary>Results come in the answer, never by address.</summary>
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
