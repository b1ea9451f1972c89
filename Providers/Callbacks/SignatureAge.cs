using System.Globalization;

namespace TryOn.Providers.Callbacks;

/// <summary>
/// Checks that a signed timestamp is close to the current time, so that a captured request cannot be replayed later.
/// </summary>
public static class SignatureAge
{
    /// <summary>Eleven digits last until the year 5138; twelve may exceed the range of DateTimeOffset.</summary>
    private const int DigitsMax = 11;

    /// <summary>Tolerance for timestamps in the past and in the future.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    /// <param name="timestamp">Unix seconds, as sent in a header.</param>
    public static bool Fresh(string? timestamp, TimeProvider time) =>
        timestamp is { Length: <= DigitsMax }
        && long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && (time.GetUtcNow() - DateTimeOffset.FromUnixTimeSeconds(seconds)).Duration() <= Tolerance;
}
