using Microsoft.Extensions.Options;

namespace TryOn.Api.Start;

/// <summary>The sandbox that answers test keys. Section <c>TryOn:Sandbox</c>.</summary>
public sealed class GuestSandboxOptions
{
    /// <summary>Latencies of the models are divided by this. Default: 5, a Kling picture in about 4 seconds.</summary>
    public double Speed { get; set; } = 5;
}

public sealed class GuestSandboxOptionsValidator : IValidateOptions<GuestSandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, GuestSandboxOptions options) =>
        options.Speed is > 0 and <= 1_000_000
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"TryOn:Sandbox:Speed is {options.Speed}; set it above 0, to 1,000,000 at most.");
}
