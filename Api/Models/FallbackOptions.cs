using Microsoft.Extensions.Options;

namespace TryOn.Api.Models;

/// <summary>When another model or provider answers in place of the first choice. Section <c>TryOn:Fallbacks</c>.</summary>
public sealed class FallbackOptions
{
    /// <summary>
    /// Whether a picture that was refused by a content policy, or came to nothing, is asked of the next choice as well.
    /// Default: false, because asking around until somebody agrees is not what a policy is for.
    /// </summary>
    public bool WhenRefused { get; set; }
}

/// <summary>Every value is a valid one.</summary>
public sealed class FallbackOptionsValidator : IValidateOptions<FallbackOptions>
{
    public ValidateOptionsResult Validate(string? name, FallbackOptions options) => ValidateOptionsResult.Success;
}
