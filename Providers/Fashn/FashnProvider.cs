using TryOn.Core.Egress;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

/// <summary>
/// FASHN's try-on: a prediction is started and polled by the id it was given. FASHN accepts no id from the client, so a
/// prediction whose first answer was lost cannot be found.
/// </summary>
public sealed class FashnProvider(
    FashnOptions options, TimeProvider time, HttpMessageInvoker http, CallbackOrigin? callbacks = null) : ITryOnProvider
{
    private readonly UpstreamHttp _http = new(http, time);
    private readonly FashnRequests _requests = new(options, callbacks);
    private readonly FashnReplies _replies = new(options);

    public string Name => "fashn";

    public int ConcurrencyMax => options.ConcurrencyMax;

    public TimeSpan SubmitMax => options.Timeout;

    public string? ModelId(string model) => options.ModelId;

    public EgressAllowList Downloads { get; } = EgressAllowList.Empty.With(new Uri(options.BaseUrl));

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        // More pictures than the upstream accepts must not be dropped silently.
        if (call is not { Persons.Length: 1, Garments.Length: 1 })
            return ProviderReply.FaultOf(FaultKind.Caller, "fashn:pictures");
        if (!options.Configured)
            return ProviderReply.NotConfigured(Name);
        using var request = _requests.Run(call);
        return _replies.OfRun(await _http.Send(request, options.Timeout, cancellation));
    }

    public async Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation)
    {
        if (!options.Configured)
            return ProviderReply.NotConfigured(Name);
        using var request = _requests.Status(upstreamId);
        return _replies.OfStatus(await _http.Send(request, options.Timeout, cancellation), upstreamId);
    }

    public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) =>
        Task.FromResult<ProviderReply>(new ProviderReply.CannotTell());
}
