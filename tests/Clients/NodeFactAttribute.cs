namespace TryOn.Clients.Tests;

/// <summary>A test that runs a program of npm's. Without node it is skipped, and says why.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class NodeFactAttribute : FactAttribute
{
    private static readonly bool Installed = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "node.exe" : "node")));

    public NodeFactAttribute()
    {
        if (!Installed)
            Skip = "node is not installed";
    }
}
