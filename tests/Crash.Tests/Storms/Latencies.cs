using TryOn.Crash.Tests.Books;

namespace TryOn.Crash.Tests.Storms;

/// <summary>How long jobs took from reservation to capture, by the statements of their accounts.</summary>
internal sealed class Latencies(IEnumerable<TimeSpan> times)
{
    private readonly List<TimeSpan> _times = [.. times.Order()];

    public int Count => _times.Count;

    public static Latencies FromCharges(IEnumerable<Charge> charges) =>
        new(charges.Where(charge => charge.ResolvedAt is not null)
            .Select(charge => charge.ResolvedAt!.Value - charge.ReservedAt));

    public TimeSpan At(double share) => _times.Count == 0 ? TimeSpan.Zero : _times[(int)(share * (_times.Count - 1))];

    public override string ToString() =>
        $"{Count} jobs, p50 {At(0.5).TotalSeconds:F2} s, p95 {At(0.95).TotalSeconds:F2} s";
}
