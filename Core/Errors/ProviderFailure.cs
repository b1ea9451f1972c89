namespace TryOn.Core.Errors;

/// <summary>
/// A provider that failed a job, linked to the one tried before it. Linked rather than listed, so that two equal errors
/// compare as equal.
/// </summary>
/// <param name="Provider">The catalog's internal name of the provider.</param>
/// <param name="Code">The error the job would have ended with, had no other provider been tried.</param>
public sealed record ProviderFailure(string Provider, ErrorCode Code, ProviderFailure? Before = null)
{
    /// <summary>The providers tried before this one, oldest first.</summary>
    public IReadOnlyList<ProviderFailure> Earlier()
    {
        var earlier = new List<ProviderFailure>();
        for (var failure = Before; failure is not null; failure = failure.Before)
            earlier.Add(failure);
        earlier.Reverse();
        return earlier;
    }
}
