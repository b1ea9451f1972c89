namespace TryOn.Imaging.Tests;

/// <summary>A test of what only Linux can enforce.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class LinuxFactAttribute : FactAttribute
{
    public LinuxFactAttribute()
    {
        if (!OperatingSystem.IsLinux())
            Skip = "Linux is missing.";
    }
}
