namespace TryOn.Crash.Tests.Storms;

/// <summary>How large a storm is: small enough for every build, or as large as the environment asks for.</summary>
internal static class Scale
{
    /// <summary>Jobs per provider when answers are lost: TRYON_STORM_JOBS, 25 unless set.</summary>
    public static int Jobs => Number("TRYON_STORM_JOBS") ?? 25;

    /// <summary>The length of an outage: TRYON_STORM_MINUTES, 11 seconds unless set.</summary>
    public static TimeSpan Outage =>
        Number("TRYON_STORM_MINUTES") is { } minutes ? TimeSpan.FromMinutes(minutes) : TimeSpan.FromSeconds(11);

    public static bool Long => Number("TRYON_STORM_MINUTES") is not null;

    /// <summary>Concurrent tasks while polls are counted: TRYON_STORM_FLIGHT; null for the short form.</summary>
    public static int? Flight => Number("TRYON_STORM_FLIGHT");

    private static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;
}
