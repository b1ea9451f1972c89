namespace TryOn.Providers.Wire;

/// <summary>
/// Sends one request, once. It tells "never sent" from "answer lost", because the first may be sent again and the
/// second may have been paid for. The caller's own cancellation is the one thing it throws.
/// </summary>
/// <param name="http">Not an HttpClient: that would add a timeout of its own, shorter than some models need.</param>
/// <param name="bodyBytesMax">Answers are held in memory; a longer one counts as lost.</param>
public sealed class UpstreamHttp(
    HttpMessageInvoker http, TimeProvider time, int bodyBytesMax = UpstreamHttp.BodyBytesMaxDefault)
{
    public const int BodyBytesMaxDefault = 32 * 1024 * 1024;

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
            return Class(failure, deadline.IsCancellationRequested);
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

    private static UpstreamAnswer Class(Exception failure, bool timedOut) =>
        failure switch
        {
            HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
            } => new UpstreamAnswer.NeverSent(),
            HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } =>
                new UpstreamAnswer.Lost("too_large"),
            _ when timedOut => new UpstreamAnswer.Lost("timeout"),
            // The handler's connect timeout is the only other source of this pair.
            OperationCanceledException { InnerException: TimeoutException } => new UpstreamAnswer.NeverSent(),
            _ => new UpstreamAnswer.Lost("broken"),
        };
}
