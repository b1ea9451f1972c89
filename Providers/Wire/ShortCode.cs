namespace TryOn.Providers.Wire;

/// <summary>Passes an upstream's enumerated error codes into a fault's code, and never free text.</summary>
public static class ShortCode
{
    private const int LengthMax = 48;

    public static string FromText(string? word) =>
        word is { Length: > 0 and <= LengthMax } && word.All(Allowed) ? word : "unknown";

    private static bool Allowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
