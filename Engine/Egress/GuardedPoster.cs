using System.Net;
using System.Net.Http.Headers;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

public sealed class GuardedPoster(TimeProvider time, EgressNetwork network) : IPoster, IDisposable
{
    private readonly GuardedPools _pools = new(new GuardedConnector(time, network), network.Issuers);

    public async ValueTask<PostResult> Post(
        Uri address, PostContent content, FetchPolicy policy, CancellationToken cancellation)
    {
        if (EgressTarget.Plain(address) is not { } plain)
            return new PostResult(null, FetchFailure.InvalidAddress);
        using var limit = new CancellationTokenSource(policy.TimeMax, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);
        try
        {
            using var request = Request(plain, content);
            using var response = await _pools.For(new EgressRules(policy.Allow, policy.PlainHttp))
                .SendAsync(request, either.Token);
            return new PostResult((int)response.StatusCode, null);
        }
        catch (OperationCanceledException)
        {
            cancellation.ThrowIfCancellationRequested();
            return new PostResult(null, FetchFailure.TimedOut);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new PostResult(
                null, failure.InnerException is EgressRefusedException refused
                    ? refused.Failure
                    : FetchFailure.Unreachable);
        }
    }

    public void Dispose() => _pools.Dispose();

    private static HttpRequestMessage Request(Uri address, PostContent content)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new ByteArrayContent(content.Body),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(content.ContentType);
        request.Headers.Add("User-Agent", "TryOn.Orleans");
        foreach (var (name, value) in content.Headers)
            request.Headers.Add(name, value);
        return request;
    }
}
