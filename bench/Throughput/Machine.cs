namespace TryOn.Throughput;

/// <summary>The machine as Linux counts it in <c>/proc/stat</c>; elsewhere nothing is known and all is zero.</summary>
internal static class Machine
{
    private const double TicksPerSecond = 100;

    /// <summary>Fields of the first line: user, system, irq and softirq. What runs nice gives way, and is not counted.</summary>
    private static readonly int[] Work = [1, 3, 6, 7];

    /// <summary>Processor time that all processes together have used since the machine started.</summary>
    public static TimeSpan Busy()
    {
        if (!OperatingSystem.IsLinux())
            return TimeSpan.Zero;
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return TimeSpan.FromSeconds(Work.Sum(field => long.Parse(fields[field])) / TicksPerSecond);
    }
}
