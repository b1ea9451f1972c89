namespace TryOn.Core.Egress;

/// <summary>Downloads from an address that a stranger may have written. Every failure except the caller's own
/// cancellation is a value.</summary>
public interface IFetcher
{
    ValueTask<FetchResult> Fetch(Uri address, FetchPolicy policy, CancellationToken cancellation);
}
