namespace TryOn.Core.Egress;

/// <summary>Posts to an untrusted address, under the rules of <see cref="IFetcher"/>.</summary>
public interface IPoster
{
    /// <summary>Only the status of the response is read. Redirects are not followed.</summary>
    ValueTask<PostResult> Post(Uri address, PostContent content, FetchPolicy policy, CancellationToken cancellation);
}

public sealed record PostContent(byte[] Body, string ContentType, IReadOnlyDictionary<string, string> Headers);

/// <param name="Status">The HTTP status; null if there was no response.</param>
/// <param name="Failure">Why there was no response; null if there was one.</param>
public sealed record PostResult(int? Status, FetchFailure? Failure);
