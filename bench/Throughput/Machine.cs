namespace TryOn.Throughput;

/// <summary>Machine-wide figures from Linux's <c>/proc/stat</c>; zero on other systems.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    /// <summary>
    /// Fields of the first line: user, system, irq and softirq. Time of nice processes is not counted, since they
    /// yield.
    /// </summary>
    private static readonly int[] Work = [1, 3, 6, 7];

    /// <summary>Processor time of all processes since the machine started.</summary>
    public static TimeSpan Busy()
    {
        if (!OperatingSystem.IsLinux())
            return TimeSpan.Zero;
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromSeconds(Work.Sum(field => long.Parse(fields[field])) / TicksPerSecond);
    }
}
