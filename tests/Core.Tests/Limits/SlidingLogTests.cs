using TryOn.Core.Limits;
using TryOn.Core.Tests.Machines;

namespace TryOn.Core.Tests.Limits;

public sealed class SlidingLogTests
{
    [Fact]
    public void Admit_UpToTheLimit_ThenTellsTheWait()
    {
        var log = new SlidingLog();

        Assert.Null(log.Admit(2, Second(100)));
        Assert.Null(log.Admit(2, Second(110)));
        Assert.Equal(Second(50), log.Admit(2, Second(110)));
        Assert.Equal(TimeSpan.FromTicks(1), log.Admit(2, Second(160).Subtract(TimeSpan.FromTicks(1))));
        Assert.Null(log.Admit(2, Second(160)));
        Assert.Equal(Second(10), log.Admit(2, Second(160)));
    }

    [Fact]
    public void Refusal_OfARequest_IsNotCounted()
    {
        var log = new SlidingLog();
        log.Admit(1, Second(0));
        for (var second = 1; second < 60; second++)
            Assert.NotNull(log.Admit(1, Second(second)));

        Assert.Null(log.Admit(1, Second(60)));
    }

    [Fact]
    public void Limit_Lowered_WaitsUntilEnoughHaveLeft()
    {
        var log = new SlidingLog();
        foreach (var second in new[] { 0, 10, 20 })
            log.Admit(3, Second(second));

        Assert.Equal(Second(50), log.Admit(1, Second(30)));
        Assert.NotNull(log.Admit(1, Second(79)));
        Assert.Null(log.Admit(1, Second(80)));
    }

    [Fact]
    public void Window_UnderAnyTimes_NeverHoldsMoreThanTheLimit() => Properties.Hold(
        script =>
        {
            var (log, max, now) = (new SlidingLog(), 1 + script.Next(5), TimeSpan.Zero);
            var admitted = new List<TimeSpan>();
            while (!script.Done)
            {
                now += script.Pick(Second(script.Next(25)), TimeSpan.FromTicks(script.Next(3)), Second(60));
                var wait = log.Admit(max, now);
                var inWindow = admitted.Count(time => now - time < SlidingLog.Window);
                Assert.Equal(inWindow < max, wait is null);
                if (wait is null)
                    admitted.Add(now);
                else if (script.Chance(30))
                    admitted.Add(now = WaitExactly(log, max, now, wait.Value));
            }
        },
        tests: 300,
        choicesMax: 200);

    [Fact]
    public void Figures_AfterAnAdmission_SayWhatIsLeftAndUntilWhen()
    {
        var log = new SlidingLog();
        log.Admit(3, Second(0));
        log.Admit(3, Second(50));

        Assert.Equal(new RateFigures(3, 1, SlidingLog.Window), log.Figures(3, Second(50)));
        log.Admit(3, Second(65));
        Assert.Equal(new RateFigures(3, 1, SlidingLog.Window), log.Figures(3, Second(65)));
        Assert.Equal(new RateFigures(1, 0, SlidingLog.Window), log.Figures(1, Second(65)));
    }

    /// <summary>Asserts that a caller is admitted after exactly the given wait, and not one tick earlier.</summary>
    private static TimeSpan WaitExactly(SlidingLog log, int max, TimeSpan now, TimeSpan wait)
    {
        Assert.InRange(wait, TimeSpan.FromTicks(1), SlidingLog.Window);
        Assert.Equal(TimeSpan.FromTicks(1), log.Admit(max, now + wait - TimeSpan.FromTicks(1)));
        Assert.Null(log.Admit(max, now + wait));
        return now + wait;
    }

    private static TimeSpan Second(double second) => TimeSpan.FromSeconds(second);
}
