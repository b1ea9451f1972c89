using System.Net;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

public sealed class GuardedFetcher(TimeProvider time, EgressNetwork network) : IFetcher, IDisposable
{
    private const int RedirectsMax = 10;

    private readonly GuardedPools _pools = new(new GuardedConnector(time, network), network.Issuers);

    public async ValueTask<FetchResult> Fetch(Uri address, FetchPolicy policy, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(policy.TimeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            return await Follow(address, policy, either.Token);
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return Refused(FetchFailure.TimedOut);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return Refused(failure.InnerException is EgressRefusedException refused
                ? refused.Failure
                : FetchFailure.Unreachable);
        }
        catch (InvalidDataException)
        {
            return Refused(FetchFailure.Undecodable);
        }
    }

    public void Dispose() => _pools.Dispose();

    // Each redirect is a new request: its address is checked like one written by the caller, and nothing else is
    // carried over.
    private async ValueTask<FetchResult> Follow(Uri address, FetchPolicy policy, CancellationToken cancellation)
    {
        var pool = _pools.For(new EgressRules(policy.Allow, policy.PlainHttp));
        for (var redirects = 0; ; redirects++)
        {
            if (EgressTarget.Plain(address) is not { } plain) return Refused(FetchFailure.InvalidAddress);

            address = plain;
            using var request = Request(address);
            using var response = await pool.SendAsync(request, cancellation);
            if (!IsRedirect(response)) return await Receive(response, policy.BytesMax, cancellation);
            if (redirects == RedirectsMax) return Refused(FetchFailure.TooManyRedirects);
            if (!Uri.TryCreate(address, response.Headers.Location!.OriginalString, out var next))
                return Refused(FetchFailure.InvalidAddress);

            address = next;
        }
    }

    // A picture gains nothing by being compressed again. Some image hosts turn away a request without a user agent.
    // HTTP/3 is out: it does not pass the connect callback.
    private static HttpRequestMessage Request(Uri address) => new(HttpMethod.Get, address)
    {
        Version = HttpVersion.Version20,
        VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        Headers = { { "User-Agent", "TryOn.Orleans" }, { "Accept-Encoding", "identity" } },
    };

    private static bool IsRedirect(HttpResponseMessage response) =>
        (int)response.StatusCode is 301 or 302 or 303 or 307 or 308 && response.Headers.Location is not null;

    private static async ValueTask<FetchResult> Receive(
        HttpResponseMessage response,
        int bytesMax,
        CancellationToken cancellation)
    {
        if (response.StatusCode != HttpStatusCode.OK) return Refused(FetchFailure.BadStatus);
        if (response.Content.Headers.ContentLength > bytesMax) return Refused(FetchFailure.TooLarge);

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        var content = await ContentDecoding.Read(
            body, response.Content.Headers.ContentEncoding, bytesMax, cancellation);
        return content is null
            ? Refused(FetchFailure.TooLarge)
            : new FetchResult.Fetched(content, response.Content.Headers.ContentType?.MediaType);
    }

    private static FetchResult.Refused Refused(FetchFailure failure) => new(failure);
}
