namespace TryOn.Core.Egress;

/// <summary>Sends to an address that a stranger may have written, under the rules of <see cref="IFetcher"/>.</summary>
public interface IPoster
{
    /// <summary>What the receiver answers besides its status is not read, and a redirect is an answer like any other.</summary>
    ValueTask<PostResult> Post(Uri address, PostContent content, FetchPolicy policy, CancellationToken cancellation);
}

public sealed record PostContent(byte[] Body, string ContentType, IReadOnlyDictionary<string, string> Headers);

/// <param name="Status">Null when there was no answer.</param>
/// <param name="Failure">Why there was none.</param>
public sealed record PostResult(int? Status, FetchFailure? Failure);
