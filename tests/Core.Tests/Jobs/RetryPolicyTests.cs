using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

public sealed class RetryPolicyTests
{
    [Theory]
    [InlineData(FaultKind.Outage, 2)]
    [InlineData(FaultKind.TaskLost, 2)]
    [InlineData(FaultKind.OutcomeUnknown, 1)]
    [InlineData(FaultKind.NoPicture, 1)]
    [InlineData(FaultKind.Caller, 0)]
    [InlineData(FaultKind.Moderation, 0)]
    [InlineData(FaultKind.Operator, 0)]
    [InlineData(FaultKind.None, 0)]
    public void Budget_OfAKind_IsSpentByItsOwnFailures(FaultKind kind, int max)
    {
        var others = Submitting with { FailedAttempts = [.. Failures(FaultKind.Throttled, 9)] };
        for (var before = 0; before <= max; before++)
        {
            var state = others with { FailedAttempts = others.FailedAttempts.AddRange(Failures(kind, before)) };
            Assert.Equal(before < max, RetryPolicy.RetryAfter(state, new ProviderFault(kind, "code")) is not null);
        }
    }

    [Fact]
    public void Budget_OfOutages_IsSharedWithLostTasks()
    {
        var state = Submitting with
        {
            FailedAttempts = [.. Failures(FaultKind.TaskLost, 1), .. Failures(FaultKind.Outage, 1)],
        };

        Assert.Null(RetryPolicy.RetryAfter(state, new ProviderFault(FaultKind.Outage, "code")));
        Assert.Null(RetryPolicy.RetryAfter(state, new ProviderFault(FaultKind.TaskLost, "code")));
    }

    [Fact]
    public void Budget_AfterThrottling_IsUnspent()
    {
        var state = Submitting with { FailedAttempts = [.. Failures(FaultKind.Throttled, 1000)] };

        Assert.NotNull(RetryPolicy.RetryAfter(state, new ProviderFault(FaultKind.Throttled, "code")));
    }

    /// <summary>"Retry-After: 0" from a throttling upstream must not cause a busy loop.</summary>
    [Theory]
    [InlineData(0, 0.75, 1)]
    [InlineData(0.2, 0.75, 1)]
    [InlineData(1, 1, 1)]
    [InlineData(42, 42, 42)]
    public void Hint_OfTheUpstream_HoldsFromOneSecondOn(double hint, double from, double to)
    {
        var fault = new ProviderFault(FaultKind.Throttled, "code", TimeSpan.FromSeconds(hint));

        var wait = RetryPolicy.RetryAfter(Submitting, fault);

        Assert.InRange(wait!.Value, TimeSpan.FromSeconds(from), TimeSpan.FromSeconds(to));
    }

    [Fact]
    public void Backoff_OfRepeatedFailures_DoublesUpToThirtySeconds()
    {
        for (var before = 0; before < 100; before++)
        {
            var full = Math.Min(30, Math.Pow(2, before));
            Assert.InRange(RetryPolicy.Backoff(Id, before).TotalSeconds, full * 0.75, full);
        }
    }

    [Fact]
    public void Backoff_OfJobsRefusedTogether_IsSpread()
    {
        var waits = Enumerable.Range(0, 100).Select(n => RetryPolicy.Backoff($"job_{n:x8}", 3)).Distinct();

        Assert.True(waits.Count() > 50);
    }

    [Theory]
    [InlineData(FaultKind.NoPicture, ErrorCode.NoImageGenerated)]
    [InlineData(FaultKind.Outage, ErrorCode.ProviderFailed)]
    [InlineData(FaultKind.TaskLost, ErrorCode.ProviderFailed)]
    [InlineData(FaultKind.Throttled, ErrorCode.ProviderFailed)]
    [InlineData(FaultKind.OutcomeUnknown, ErrorCode.ProviderFailed)]
    public void Failure_OfTheUpstream_IsToldInOurWords(FaultKind kind, ErrorCode told) =>
        Assert.Equal(told, RetryPolicy.ErrorFor(kind).Code);

    private static IEnumerable<FailedAttempt> Failures(FaultKind kind, int count) =>
        Enumerable.Range(1, count)
            .Select(number => new FailedAttempt(number, $"job-{number}", kind, "code", At(number)));
}
