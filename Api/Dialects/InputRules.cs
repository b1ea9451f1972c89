using System.Collections.Immutable;
using TryOn.Api.Images;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>What the fields of these surfaces may hold. A field that is missing, null or empty is always fine but where required.</summary>
public static class InputRules
{
    private const int TextLengthMax = 100;
    private const int SamplesMax = 4;

    /// <summary>An address or a data URL has a colon, and base64 never does.</summary>
    public static ImageReference Image(string param, string value) => new(
        param, Content: null, value.Contains(':', StringComparison.Ordinal) ? value : $"data:;base64,{value}");

    public static Error? Required(string param, string? value) =>
        string.IsNullOrWhiteSpace(value) ? Wrong(param, $"{param} is required.") : null;

    public static Error? OneOf(string param, string? value, ImmutableArray<string> words) =>
        string.IsNullOrEmpty(value) || words.Contains(value)
            ? null
            : Wrong(param, $"{param} is one of {string.Join(", ", words)}.");

    /// <summary>Words that end up in a prompt: short, and nothing that could end a line and begin an order of its own.</summary>
    public static Error? Text(string param, string? value) =>
        value is null || (value.Length <= TextLengthMax && !value.Any(char.IsControl))
            ? null
            : Wrong(param, $"{param} has at most {TextLengthMax} characters, on one line.");

    public static Error? Samples(int? samples) =>
        samples is null or (>= 1 and <= SamplesMax) ? null : Wrong("num_samples", $"num_samples is 1 to {SamplesMax}.");

    public static Error? Wishes(string? format, string? moderation, long? seed) =>
        OneOf("output_format", format, ["png", "jpeg"])
        ?? OneOf("moderation_level", moderation, ["conservative", "permissive", "none"])
        ?? (seed is < 0 or > uint.MaxValue ? Wrong("seed", $"seed is 0 to {uint.MaxValue}.") : null);

    private static Error Wrong(string param, string message) => new(ErrorCode.InvalidRequest, message, param);
}
