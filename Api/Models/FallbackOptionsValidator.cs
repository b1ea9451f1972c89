using Microsoft.Extensions.Options;

namespace TryOn.Api.Models;

/// <summary>Every value is a valid one.</summary>
public sealed class FallbackOptionsValidator : IValidateOptions<FallbackOptions>
{
    public ValidateOptionsResult Validate(string? name, FallbackOptions options) => ValidateOptionsResult.Success;
}
