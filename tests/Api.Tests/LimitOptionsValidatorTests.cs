using TryOn.Api.Limits;

namespace TryOn.Api.Tests;

public sealed class LimitOptionsValidatorTests
{
    [Theory]
    [InlineData(9)]
    [InlineData(3601)]
    public void JobDeadline_OutOfBounds_IsRefused(int seconds)
    {
        var refused = Validate(TimeSpan.FromSeconds(seconds));

        Assert.Contains("TryOn:Limits:JobDeadline is", refused.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void JobDeadline_OfAnHour_IsTaken() => Assert.True(Validate(TimeSpan.FromHours(1)).Succeeded);

    private static Microsoft.Extensions.Options.ValidateOptionsResult Validate(TimeSpan deadline) =>
        new LimitOptionsValidator().Validate(
            name: null, new LimitOptions { JobDeadline = deadline, SyncWait = TimeSpan.FromSeconds(5) });
}
