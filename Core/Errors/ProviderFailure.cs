namespace TryOn.Core.Errors;

/// <summary>
/// A provider that was asked in vain, with the one that was asked before it. Linked rather than listed, so that two errors
/// that say the same are equal.
/// </summary>
/// <param name="Provider">As the catalog names it to itself.</param>
/// <param name="Code">What it would have come to, had nobody else been asked.</param>
public sealed record ProviderFailure(string Provider, ErrorCode Code, ProviderFailure? Before = null)
{
    /// <summary>Oldest first, without the last.</summary>
    public IReadOnlyList<ProviderFailure> Earlier()
    {
        var earlier = new List<ProviderFailure>();
        for (var failure = Before; failure is not null; failure = failure.Before)
            earlier.Add(failure);
        earlier.Reverse();
        return earlier;
    }
}
