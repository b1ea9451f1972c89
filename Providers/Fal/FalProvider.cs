using TryOn.Core.Egress;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// FAL's queue: a request is queued, polled at its own address, and its result fetched from there. Queueing accepts no
/// id from the client, so a lost request is searched for in the history.
/// </summary>
public sealed class FalProvider(
    FalOptions options, TimeProvider time, HttpMessageInvoker http, CallbackOrigin? callbacks = null) : ITryOnProvider
{
    private readonly UpstreamHttp _http = new(http, time);
    private readonly FalRequests _requests = new(options, callbacks);
    private readonly FalReplies _replies = new(options);

    public string Name => "fal";

    public int ConcurrencyMax => options.ConcurrencyMax;

    public TimeSpan SubmitMax => options.Timeout;

    public string? ModelId(string model) => FalModels.Endpoint(model, options);

    public EgressAllowList Downloads { get; } = EgressAllowList.Empty.With(new Uri(options.BaseUrl));

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        // More pictures than the endpoint accepts must not be dropped silently.
        if (FalModels.TakesKlingsInput(call.Model) && call is not { Persons.Length: 1, Garments.Length: 1 })
            return ProviderReply.FaultOf(FaultKind.Caller, "fal:pictures");
        if (!options.Configured)
            return ProviderReply.NotConfigured(Name);
        using var request = _requests.Submit(call);
        return _replies.OfSubmit(await Send(request, cancellation), FalModels.Endpoint(call.Model, options));
    }

    public async Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation)
    {
        if (!options.Configured)
            return ProviderReply.NotConfigured(Name);
        using var asked = _requests.Status(upstreamId);
        if (_replies.OfStatus(await Send(asked, cancellation), upstreamId, out var status) is { } reply)
            return reply;
        using var request = _requests.Result(upstreamId, status!.ResponseUrl);
        return FalReplies.OfResult(await Send(request, cancellation), status);
    }

    public async Task<bool> Cancel(string upstreamId, CancellationToken cancellation)
    {
        using var request = _requests.Cancel(upstreamId);
        return options.Configured && await Send(request, cancellation) is UpstreamAnswer.Answered { Status: 202 };
    }

    public async Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation)
    {
        if (!options.Configured)
            return ProviderReply.NotConfigured(Name);
        return FalModels.TakesSeed(model)
            ? await new FalSearch(options, time, request => Send(request, cancellation))
                .Find(attemptId, FalModels.Endpoint(model, options))
            : new ProviderReply.CannotTell();
    }

    private Task<UpstreamAnswer> Send(HttpRequestMessage request, CancellationToken cancellation) =>
        _http.Send(request, options.Timeout, cancellation);
}
