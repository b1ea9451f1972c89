using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;

namespace TryOn.Silo.Tests.Processes;

/// <summary>
/// How long clients waited for their orders to be accepted, and jobs for their takeover by another silo.
/// </summary>
internal sealed class Figures(
    IReadOnlyCollection<Order> orders, IReadOnlyList<(Charge Charge, JobBody? Job)> jobs,
    IReadOnlyList<DateTimeOffset> disruptions)
{
    private const double AcceptedMin = 0.999;

    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan TakeoverMax = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Orders that gave up after one broken connection are left out: only clients that repeat their request count.
    /// </summary>
    private List<double> Waits { get; } =
    [
        .. orders.Where(order => order.Behaviour != ClientBehaviour.NeverRepeats || order.AcceptedAfter is not null)
            .Select(order => (order.AcceptedAfter ?? TimeSpan.MaxValue).TotalSeconds).Order(),
    ];

    /// <summary>
    /// The time from a disruption to the settlement of each job that was open then: an upper bound of its takeover,
    /// which includes the two seconds of the job itself.
    /// </summary>
    private List<double> Takeovers { get; } =
    [
        .. disruptions.SelectMany(disruption => jobs
            .Where(entry =>
                entry.Job is not null && entry.Charge.ReservedAt < disruption && entry.Charge.ResolvedAt > disruption)
            .Select(entry => (entry.Charge.ResolvedAt!.Value - disruption).TotalSeconds)).Order(),
    ];

    private double Accepted => Waits.Count(wait => wait <= PatienceMax.TotalSeconds) / (double)Math.Max(1, Waits.Count);

    public IEnumerable<string> Lines() =>
    [
        $"{Waits.Count} orders wanted to be accepted, {Accepted:P2} were within {PatienceMax.TotalSeconds} s: "
            + $"{Summarize(Waits)}",
        $"{Takeovers.Count} jobs were open at {disruptions.Count} disruptions; until each was settled: "
            + $"{Summarize(Takeovers)}",
    ];

    public IEnumerable<string> Findings()
    {
        if (Accepted < AcceptedMin)
            yield return $"only {Accepted:P2} of orders were accepted within {PatienceMax}";
        if (Takeovers.Count > 0 && At(Takeovers, 0.99) > TakeoverMax.TotalSeconds)
            yield return $"jobs were taken up too late: {Summarize(Takeovers)}";
    }

    private static string Summarize(List<double> seconds) => seconds.Count == 0
        ? "none"
        : $"p50 {At(seconds, 0.5):F1} s, p99 {At(seconds, 0.99):F1} s, longest {seconds[^1]:F1} s";

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
}
