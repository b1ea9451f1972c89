using Microsoft.Extensions.Options;

namespace TryOn.Api.Start;

public sealed class InProcessSandboxOptionsValidator : IValidateOptions<InProcessSandboxOptions>
{
    public ValidateOptionsResult Validate(string? name, InProcessSandboxOptions options) =>
        options.Speed is > 0 and <= 1_000_000
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(
                $"TryOn:Sandbox:Speed is {options.Speed}; set it above 0, to 1,000,000 at most.");
}
