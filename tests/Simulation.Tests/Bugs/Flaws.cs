namespace TryOn.Simulation.Tests.Bugs;

/// <summary>
/// The bug of the world that runs on this thread. Machines are static and cannot carry it themselves.
/// </summary>
internal static class Flaws
{
    [ThreadStatic]
    private static Bug s_current;

    public static Bug Current
    {
        get => s_current;
        set => s_current = value;
    }
}
