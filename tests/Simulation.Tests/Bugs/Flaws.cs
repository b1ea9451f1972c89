using TryOn.Core.Jobs;

namespace TryOn.Simulation.Tests.Bugs;

/// <summary>The bug of the world that runs on this thread: a machine has no instance that could carry it.</summary>
internal static class Flaws
{
    [ThreadStatic]
    private static Bug s_current;

    [ThreadStatic]
    private static Action<JobEffect>? s_actNow;

    public static Bug Current
    {
        get => s_current;
        set => s_current = value;
    }

    /// <summary>Carries out an effect on the job that is deciding, before anything is committed.</summary>
    public static Action<JobEffect>? ActNow
    {
        get => s_actNow;
        set => s_actNow = value;
    }
}
