namespace TryOn.Imaging.Pool;

/// <summary>How pictures are decoded. Section <c>TryOn:Imaging</c>.</summary>
public sealed class ImagingOptions
{
    private const int WorkersDefaultMax = 5;

    /// <summary>What the gateway itself needs, and as much for each worker, in bytes.</summary>
    private const long MemoryPerProcess = 1L << 30;

    /// <summary>
    /// Processes that decode, a picture each at a time; one of them is kept free for results. Default: one more than
    /// there are processors, 5 at most, and no more than there are GiB of memory but one.
    /// </summary>
    public int Workers { get; set; } = Math.Clamp(
        Math.Min(Environment.ProcessorCount + 1, (int)(AvailableMemory / MemoryPerProcess) - 1), 1,
        WorkersDefaultMax);

    /// <summary>How long one picture may take. Default: 30 seconds.</summary>
    public TimeSpan TimeMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Memory that one process may reserve, in MiB: about twice what it ever uses. Default: 1536. Enforced on Linux.
    /// </summary>
    public int MemoryMaxMiB { get; set; } = 1536;

    /// <summary>How long a process without work is kept. Default: 2 minutes.</summary>
    public TimeSpan IdleMax { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Of the container or the machine.</summary>
    private static long AvailableMemory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
}
