using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;

namespace TryOn.Silo.Tests.Processes;

/// <summary>How long clients waited to be accepted, and jobs for somebody to take them up.</summary>
internal sealed class Figures(
    IReadOnlyCollection<Order> orders, IReadOnlyList<(Charge Charge, JobBody? Job)> jobs, IReadOnlyList<DateTimeOffset> troubles)
{
    private const double AcceptedMin = 0.999;

    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TakeoverMax = TimeSpan.FromSeconds(60);

    /// <summary>Who gives up after one broken connection says nothing of those who ask again.</summary>
    private List<double> Waits { get; } =
    [
        .. orders.Where(order => order.Temper != Temper.GivesUp || order.AcceptedAfter is not null)
            .Select(order => (order.AcceptedAfter ?? TimeSpan.MaxValue).TotalSeconds).Order(),
    ];

    /// <summary>
    /// From the trouble to the capture of each job that was open at that moment: an upper bound of its takeover, since the
    /// job's own two seconds are in it.
    /// </summary>
    private List<double> Takeovers { get; } =
    [
        .. troubles.SelectMany(trouble => jobs
            .Where(entry => entry.Job is not null && entry.Charge.ReservedAt < trouble && entry.Charge.ResolvedAt > trouble)
            .Select(entry => (entry.Charge.ResolvedAt!.Value - trouble).TotalSeconds)).Order(),
    ];

    private double Accepted => Waits.Count(wait => wait <= PatienceMax.TotalSeconds) / (double)Math.Max(1, Waits.Count);

    public IEnumerable<string> Lines() =>
    [
        $"{Waits.Count} orders wanted to be accepted, {Accepted:P2} were within {PatienceMax.TotalSeconds} s: {Told(Waits)}",
        $"{Takeovers.Count} jobs were open at {troubles.Count} troubles; until each was settled: {Told(Takeovers)}",
    ];

    public IEnumerable<string> Findings()
    {
        if (Accepted < AcceptedMin)
            yield return $"only {Accepted:P2} of orders were accepted within {PatienceMax}";
        if (Takeovers.Count > 0 && At(Takeovers, 0.99) > TakeoverMax.TotalSeconds)
            yield return $"jobs were taken up too late: {Told(Takeovers)}";
    }

    private static string Told(List<double> seconds) => seconds.Count == 0
        ? "none"
        : $"p50 {At(seconds, 0.5):F1} s, p99 {At(seconds, 0.99):F1} s, longest {seconds[^1]:F1} s";

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
