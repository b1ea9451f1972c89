namespace TryOn.Browser.Tests;

/// <summary>A test in Debian's Chromium. Where it is not installed the test is skipped, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChromiumFactAttribute : FactAttribute
{
    /// <summary>The path of Chromium; null where it is not installed.</summary>
    public static string? Program { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);

    public ChromiumFactAttribute()
    {
        if (Program is null)
            Skip = "chromium is not installed";
    }
}
