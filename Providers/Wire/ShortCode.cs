namespace TryOn.Providers.Wire;

/// <summary>Lets an upstream's enumerated words through into a fault's code, and free text never.</summary>
public static class ShortCode
{
    private const int LengthMax = 48;

    public static string Of(string? word) =>
        word is { Length: > 0 and <= LengthMax } && word.All(Allowed) ? word : "unknown";

    private static bool Allowed(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == '_';
}
