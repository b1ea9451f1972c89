namespace TryOn.Core.Tests.Machines;

public sealed class PropertiesTests
{
    /// <summary>If the property runner swallowed failures, every other property would pass.</summary>
    [Fact]
    public void Failure_OfOneScript_IsReportedWithItsSeed()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Properties.Hold(
            script => Assert.True(script.Next(100) < 90, "broken"), tests: 200, choicesMax: 4));

        Assert.Contains("seed of (", failure.Message, StringComparison.Ordinal);
    }
}
