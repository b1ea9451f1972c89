namespace TryOn.Core.Egress;

/// <summary>
/// Downloads from an untrusted address. Every failure except the caller's own cancellation is returned as a value.
/// </summary>
public interface IFetcher
{
    ValueTask<FetchResult> Fetch(Uri address, FetchPolicy policy, CancellationToken cancellation);
}
