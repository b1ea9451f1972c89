using TryOn.Core.Errors;

namespace TryOn.Api.Http;

/// <summary>A truth in a form or in an address, as the languages of clients write it.</summary>
public static class TruthValue
{
    /// <summary>False where the text is no truth.</summary>
    /// <param name="value">Null where there is no text.</param>
    public static bool TryRead(string? text, out bool? value)
    {
        value = text?.ToLowerInvariant() switch
        {
            "true" or "1" or "yes" or "on" => true,
            "false" or "0" or "no" or "off" => false,
            _ => null,
        };
        return value is not null || string.IsNullOrEmpty(text);
    }

    public static Error Refusal(string param) =>
        new(ErrorCode.InvalidRequest, $"{param} is true or false.", param);
}
