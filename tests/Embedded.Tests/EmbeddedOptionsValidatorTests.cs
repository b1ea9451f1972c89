namespace TryOn.Embedded.Tests;

public sealed class EmbeddedOptionsValidatorTests
{
    /// <summary>What an account counts in its rate limits' window goes with it when it leaves memory.</summary>
    [Fact]
    public void IdleAge_ShorterThanTheRateWindow_IsRefused()
    {
        var validator = new EmbeddedOptionsValidator();

        var refused = validator.Validate(name: null, new EmbeddedOptions { IdleAge = TimeSpan.FromSeconds(59) });

        Assert.Contains("TryOn:IdleAge is 00:00:59", refused.FailureMessage, StringComparison.Ordinal);
        Assert.True(validator.Validate(name: null, new EmbeddedOptions { IdleAge = TimeSpan.FromSeconds(60) }).Succeeded);
    }
}
