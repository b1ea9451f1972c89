using System.Collections.Immutable;
using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>
/// Validates the fields of TryItOn's and FASHN's requests. Apart from <see cref="Required"/>, every rule accepts a
/// missing, null or empty field.
/// </summary>
public static class InputRules
{
    private const int TextLengthMax = 100;
    private const int SamplesMax = 4;

    public static Error? Required(string param, string? value) =>
        string.IsNullOrWhiteSpace(value) ? Invalid(param, $"{param} is required.") : null;

    public static Error? OneOf(string param, string? value, ImmutableArray<string> words) =>
        string.IsNullOrEmpty(value) || words.Contains(value)
            ? null
            : Invalid(param, $"{param} is one of {string.Join(", ", words)}.");

    /// <summary>
    /// Validates text that becomes part of a prompt: short and on one line, so that it cannot smuggle in an instruction
    /// of its own.
    /// </summary>
    public static Error? Text(string param, string? value) =>
        value is null || (value.Length <= TextLengthMax && !value.Any(char.IsControl))
            ? null
            : Invalid(param, $"{param} has at most {TextLengthMax} characters, on one line.");

    public static Error? Samples(int? samples) =>
        samples is null or (>= 1 and <= SamplesMax)
            ? null
            : Invalid("num_samples", $"num_samples is 1 to {SamplesMax}.");

    public static Error? OutputOptions(string? format, string? moderation, long? seed) =>
        OneOf("output_format", format, ["png", "jpeg"])
        ?? OneOf("moderation_level", moderation, ["conservative", "permissive", "none"])
        ?? (seed is < 0 or > uint.MaxValue ? Invalid("seed", $"seed is 0 to {uint.MaxValue}.") : null);

    private static Error Invalid(string param, string message) => new(ErrorCode.InvalidRequest, message, param);
}
