using Microsoft.Extensions.Options;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Settings;

public sealed class SandboxOptionsValidator : IValidateOptions<SandboxOptions>
{
    // A lower speed would cause delays longer than a timer can hold.
    private const double SpeedMin = 0.001;

    public ValidateOptionsResult Validate(string? name, SandboxOptions options)
    {
        var failures = Failures(options).ToList();
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }

    private static IEnumerable<string> Failures(SandboxOptions options)
    {
        if (!(options.Speed >= SpeedMin && double.IsFinite(options.Speed)))
            yield return $"Sandbox:Speed is {options.Speed}; set a number of at least {SpeedMin}, 1 for real "
                + "latencies.";
        if (options.Port is < 0 or > 65535)
            yield return $"Sandbox:Port is {options.Port}; set 0 to 65535, 0 for any free port.";
        foreach (var (key, latency) in Latencies(options))
        {
            if (latency < TimeSpan.Zero || latency > TimeSpan.FromHours(1))
                yield return $"Sandbox:{key} is {latency}; set 0 to 1 hour.";
        }

        if (options.KlingConcurrency < 0)
            yield return $"Sandbox:KlingConcurrency is {options.KlingConcurrency}; set 0 for no limit, or more.";
        if (options.PictureBytesMax < 1)
            yield return $"Sandbox:PictureBytesMax is {options.PictureBytesMax}; set a number of bytes above 0.";
        if (options.KlingWebhookSecret is { } secret && !SecretSignature.IsValidSecret(secret))
            yield return "Sandbox:KlingWebhookSecret (value not shown) is not whsec_ and base64; correct it, or remove "
                + "the setting.";
        foreach (var (key, value) in Keys(options))
        {
            if (string.IsNullOrWhiteSpace(value))
                yield return $"Sandbox:{key} is empty; set a key, or remove the setting to use its default.";
        }
    }

    private static IEnumerable<(string Key, TimeSpan Latency)> Latencies(SandboxOptions options) =>
    [
        (nameof(options.KlingLatency), options.KlingLatency),
        (nameof(options.GeminiLatency), options.GeminiLatency),
        (nameof(options.OpenAILatency), options.OpenAILatency),
        (nameof(options.FalLatency), options.FalLatency),
        (nameof(options.FashnLatency), options.FashnLatency),
    ];

    private static IEnumerable<(string Key, string Value)> Keys(SandboxOptions options) =>
    [
        (nameof(options.KlingApiKey), options.KlingApiKey),
        (nameof(options.KlingAccessKey), options.KlingAccessKey),
        (nameof(options.KlingSecretKey), options.KlingSecretKey),
        (nameof(options.GeminiApiKey), options.GeminiApiKey),
        (nameof(options.OpenAIApiKey), options.OpenAIApiKey),
        (nameof(options.FalApiKey), options.FalApiKey),
        (nameof(options.FashnApiKey), options.FashnApiKey),
    ];
}
