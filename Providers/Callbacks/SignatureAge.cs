using System.Globalization;

namespace TryOn.Providers.Callbacks;

/// <summary>Whether a signed time is near enough to now: a signature must not be good for ever.</summary>
public static class SignatureAge
{
    /// <summary>Twelve digits may be no time at all; eleven last until the year 5138.</summary>
    private const int DigitsMax = 11;

    /// <summary>For older and for newer ones alike.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="timestamp">Unix seconds, as they stand in a header.</param>
    public static bool Fresh(string? timestamp, TimeProvider time) =>
        timestamp is { Length: <= DigitsMax }
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;
}
