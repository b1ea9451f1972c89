using System.Net.Http.Headers;
using TryOn.Core.Egress;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>
/// Kling's Kolors try-on: a task is submitted under the attempt's id, polled by the upstream's id, and found again by
/// the attempt's id.
/// </summary>
public sealed class KlingProvider(
    KlingOptions options, TimeProvider time, HttpMessageInvoker http, CallbackOrigin? callbacks = null) : ITryOnProvider
{
    /// <summary>Enough pages for more tasks than an account runs during the life of a job.</summary>
    private const int ListPagesMax = 4;

    private readonly UpstreamHttp _http = new(http, time);
    private readonly KlingTokens _tokens = new(options, time);
    private readonly KlingRequests _requests = new(options, callbacks);
    private readonly KlingReplies _replies = new(options);
    private readonly KlingTaskList _list = new(time);

    public string Name => "kling";

    public int ConcurrencyMax => options.ConcurrencyMax;

    public TimeSpan SubmitMax => options.Timeout;

    public string? ModelId(string model) => options.ModelId;

    public EgressAllowList Downloads { get; } = EgressAllowList.Empty.With(new Uri(options.BaseUrl));

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        // More pictures than the upstream accepts must not be dropped silently.
        if (call is not { Persons.Length: 1, Garments.Length: 1 })
            return ProviderReply.FaultOf(FaultKind.Caller, "kling:pictures");
        if (!options.Configured)
            return ProviderReply.NotConfigured(Name);
        return _replies.OfSubmit(await Ask(() => _requests.Submit(call), cancellation), call.AttemptId);
    }

    public async Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) =>
        !options.Configured ? ProviderReply.NotConfigured(Name)
        : await _list.Find(upstreamId, page => Ask(() => _requests.List(page), CancellationToken.None)) is { } listed
            ? _replies.OfTask(listed)
        : _replies.OfPoll(await Ask(() => _requests.Query(upstreamId), cancellation), upstreamId);

    public async Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) =>
        options.Configured
            ? await Find(attemptId, cancellation)
            : ProviderReply.NotConfigured(Name);

    /// <summary>
    /// Kling does not document whether a query finds a new external id at once, and a wrong "absent" would pay for a
    /// second task. So an attempt counts as absent only if it is missing from the list as well.
    /// </summary>
    private async Task<ProviderReply> Find(string attemptId, CancellationToken cancellation)
    {
        var reply = _replies.OfFind(await Ask(() => _requests.Query(attemptId), cancellation), attemptId);
        for (var page = 1; reply is ProviderReply.Absent && page <= ListPagesMax; page++)
        {
            var number = page;
            if (_replies.OfList(await Ask(() => _requests.List(number), cancellation), attemptId) is { } listed)
                return listed;
        }

        return reply;
    }

    /// <summary>
    /// Sends a call, and repeats it once if its token was rejected, since nothing was started then. Both tries share
    /// one timeout.
    /// </summary>
    private async Task<UpstreamAnswer> Ask(Func<HttpRequestMessage> build, CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        var token = _tokens.Current();
        var answer = await Send(build, token, options.Timeout, cancellation);
        if (!KlingClassification.TokenRefused(answer) || !_tokens.Discard(token))
            return answer;
        var left = options.Timeout - time.GetElapsedTime(started);
        return left > TimeSpan.Zero ? await Send(build, _tokens.Current(), left, cancellation) : answer;
    }

    private async Task<UpstreamAnswer> Send(
        Func<HttpRequestMessage> build, string token, TimeSpan timeout, CancellationToken cancellation)
    {
        using var request = build();
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await _http.Send(request, timeout, cancellation);
    }
}
