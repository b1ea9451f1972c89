using System.Globalization;

namespace TryOn.Simulation.Tests;

/// <summary>Settings from the environment variables that the make targets set.</summary>
internal static class Settings
{
    public static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value)
            ? value
            : null;
}
