namespace TryOn.Api.Models;

/// <summary>
/// When another model or provider answers in place of the first choice. Section <c>TryOn:Fallbacks</c>.
/// </summary>
public sealed class FallbackOptions
{
    /// <summary>
    /// Whether a request that a content policy refused, or that yielded no picture, is sent to the next choice as well.
    /// Default: false, because trying providers until one agrees would defeat the policy.
    /// </summary>
    public bool WhenRefused { get; set; }
}
