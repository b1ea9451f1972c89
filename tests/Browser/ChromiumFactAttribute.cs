namespace TryOn.Browser.Tests;

/// <summary>A test in a real Chromium, as Debian packages it. Without one it is skipped, and says so.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>Null where there is none.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    public ChromiumFactAttribute()
    {
        if (Program is null)
            Skip = "chromium is not installed";
    }
}
