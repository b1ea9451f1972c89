using TryOn.Providers.Kling;

namespace TryOn.Providers.Tests.Kling;

public sealed class KlingOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_AreValid() => Assert.Empty(Complaints(_ => { }));

    [Theory]
    [InlineData("")]
    [InlineData("api.klingai.com")]
    [InlineData("/v1")]
    [InlineData("ftp://api.klingai.com")]
    [InlineData("https://user:pass@api.klingai.com")]
    [InlineData("https://api.klingai.com?key=1")]
    [InlineData("https://api.klingai.com#1")]
    public void Validate_BaseUrlNotUsable_IsNamed(string address)
    {
        var complaint = Assert.Single(Complaints(options => options.BaseUrl = address));

        Assert.StartsWith("TryOn:Providers:Kling:BaseUrl ", complaint);
        Assert.Contains("https://api-singapore.klingai.com", complaint);
        Assert.DoesNotContain("pass@", complaint);
        Assert.DoesNotContain("key=1", complaint);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(600, true)]
    [InlineData(601, false)]
    public void Validate_Timeout_IsUpToTenMinutes(int seconds, bool valid) =>
        Assert.Equal(valid, Complaints(options => options.Timeout = TimeSpan.FromSeconds(seconds)).Count == 0);

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(10_000, true)]
    [InlineData(10_001, false)]
    public void Validate_Concurrency_IsFromOneToTenThousand(int value, bool valid) =>
        Assert.Equal(valid, Complaints(options => options.ConcurrencyMax = value).Count == 0);

    [Fact]
    public void Validate_HalfAKeyPair_NamesTheOtherHalf()
    {
        Assert.StartsWith(
            "TryOn:Providers:Kling:SecretKey ", Assert.Single(Complaints(options => options.AccessKey = "a")));
        Assert.StartsWith(
            "TryOn:Providers:Kling:AccessKey ", Assert.Single(Complaints(options => options.SecretKey = "s")));
    }

    [Fact]
    public void Validate_SecretWithALineBreak_IsNamedButNotShown()
    {
        var complaint = Assert.Single(Complaints(options => options.ApiKey = "canary\n"));

        Assert.StartsWith("TryOn:Providers:Kling:ApiKey ", complaint);
        Assert.DoesNotContain("canary", complaint);
    }

    [Fact]
    public void Validate_SeveralFlaws_AreAllNamed() =>
        Assert.Equal(3, Complaints(options =>
        {
            options.ModelId = " ";
            options.FirstPoll = TimeSpan.Zero;
            options.PollInterval = TimeSpan.FromSeconds(-3);
        }).Count);

    private static List<string> Complaints(Action<KlingOptions> change)
    {
        var options = new KlingOptions();
        change(options);
        return [.. new KlingOptionsValidator().Validate(name: null, options).Failures ?? []];
    }
}
