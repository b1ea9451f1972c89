namespace TryOn.Providers.Wire;

/// <summary>
/// Sends a request exactly once. It distinguishes "never sent" from "answer lost", because the first may be sent again
/// and the second may have been paid for. It throws only for the caller's own cancellation.
/// </summary>
/// <param name="http">An invoker rather than an HttpClient, whose own timeout is shorter than some models need.</param>
/// <param name="bodyBytesMax">Largest answer in bytes. Answers are held in memory; a larger one counts as lost.</param>
public sealed class UpstreamHttp(
    HttpMessageInvoker http, TimeProvider time, int bodyBytesMax = UpstreamHttp.BodyBytesMaxDefault)
{
    public const int BodyBytesMaxDefault = 32 * 1024 * 1024;

    /// <summary>The reason of an answer that is lost because it is longer than is taken.</summary>
    public const string TooLarge = "too_large";

    public async Task<UpstreamAnswer> Send(
        HttpRequestMessage request, TimeSpan timeout, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            return await Exchange(request, either.Token);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return Classify(failure, deadline.IsCancellationRequested);
        }
    }

    private async Task<UpstreamAnswer> Exchange(HttpRequestMessage request, CancellationToken cancellation)
    {
        using var response = await http.SendAsync(request, cancellation);
        await response.Content.LoadIntoBufferAsync(bodyBytesMax, cancellation);
        var body = await response.Content.ReadAsByteArrayAsync(cancellation);
        return new UpstreamAnswer.Answered(
            (int)response.StatusCode, RetryHint.From(response.Headers.RetryAfter, time), body)
        {
            Headers = Read(response),
        };
    }

    private static Dictionary<string, string> Read(HttpResponseMessage response) =>
        response.Headers.NonValidated.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);

    private static UpstreamAnswer Classify(Exception failure, bool timedOut) =>
        failure switch
        {
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
            } => new UpstreamAnswer.NeverSent(),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new UpstreamAnswer.Lost(TooLarge),
            _ when timedOut => new UpstreamAnswer.Lost("timeout"),
            // Besides the deadline, only the handler's connect timeout produces this pair of exceptions.
            OperationCanceledException { InnerException: TimeoutException } => new UpstreamAnswer.NeverSent(),
            _ => new UpstreamAnswer.Lost("broken"),
        };
}
