using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Tests;

public sealed class SandboxOptionsValidatorTests
{
    [Fact]
    public void Options_Default_AreValid() =>
        Assert.True(new SandboxOptionsValidator().Validate(name: null, new SandboxOptions()).Succeeded);

    public static TheoryData<string, Action<SandboxOptions>> Wrong() => new()
    {
        { "Sandbox:Speed", options => options.Speed = 0 },
        { "Sandbox:Speed", options => options.Speed = double.NaN },
        { "Sandbox:Port", options => options.Port = 70_000 },
        { "Sandbox:KlingLatency", options => options.KlingLatency = TimeSpan.FromSeconds(-1) },
        { "Sandbox:GeminiLatency", options => options.GeminiLatency = TimeSpan.FromDays(1) },
        { "Sandbox:KlingConcurrency", options => options.KlingConcurrency = -1 },
        { "Sandbox:PictureBytesMax", options => options.PictureBytesMax = 0 },
        { "Sandbox:GeminiApiKey", options => options.GeminiApiKey = "" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_Wrong_NamesTheKey(string key, Action<SandboxOptions> configure)
    {
        var options = new SandboxOptions();
        configure(options);

        var failure = Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(
            () => SandboxServer.Create(options));

        Assert.Contains(key, failure.Message, StringComparison.Ordinal);
    }
}
