using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Core.Keys;

/// <summary>
/// <c>tryon_live_…</c> or <c>tryon_test_…</c>: 12 characters of account id, 36 of secret (214 bits) and 6 of checksum,
/// all base 62. The key itself contains its account id, and a mistyped or made-up key is refused without a look-up. The
/// prefix and checksum let secret scanners recognise a leaked key.
/// </summary>
public sealed record ApiKey(AccountMode Mode, string AccountId, string Text)
{
    public const int AccountIdLength = 12;
    public const int SecretLength = 36;
    private const int ChecksumLength = 6;
    private const string LivePrefix = "tryon_live_";
    private const string TestPrefix = "tryon_test_";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    private static readonly SearchValues<char> Digits = SearchValues.Create(Alphabet);

    /// <summary>
    /// Prefix and last four characters: enough for the owner to tell keys apart, useless to anyone else.
    /// </summary>
    public string Label => $"{Text[..LivePrefix.Length]}…{Text[^4..]}";

    public static ApiKey Create(AccountMode mode, string accountId, string secret)
    {
        var body = (mode == AccountMode.Live ? LivePrefix : TestPrefix) + accountId + secret;
        return new ApiKey(mode, accountId, body + Checksum(body));
    }

    public static ApiKey? Parse(string? text)
    {
        if (text is null || text.Length != LivePrefix.Length + AccountIdLength + SecretLength + ChecksumLength)
            return null;
        var mode = text.StartsWith(LivePrefix, StringComparison.Ordinal) ? AccountMode.Live
            : text.StartsWith(TestPrefix, StringComparison.Ordinal) ? AccountMode.Test
            : AccountMode.None;
        if (mode == AccountMode.None || text.AsSpan(LivePrefix.Length).ContainsAnyExcept(Digits))
            return null;
        return Checksum(text[..^ChecksumLength]) == text[^ChecksumLength..]
            ? new ApiKey(mode, text.Substring(LivePrefix.Length, AccountIdLength), text)
            : null;
    }

    /// <summary>
    /// The hash stored instead of the key. A fast hash is enough, because the secret has 214 random bits.
    /// </summary>
    public string Hash(ReadOnlySpan<byte> pepper) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(pepper, Encoding.ASCII.GetBytes(Text)));

    /// <summary>
    /// Converts random bytes to base 62 digits. Bytes of 248 and above are skipped, so that all digits are equally
    /// likely.
    /// </summary>
    public static string Base62(ReadOnlySpan<byte> random, int length)
    {
        var text = new StringBuilder(length);
        foreach (var value in random)
        {
            if (text.Length == length)
                break;
            if (value < 4 * Alphabet.Length)
                text.Append(Alphabet[value % Alphabet.Length]);
        }

        return text.Length == length
            ? text.ToString()
            : throw new ArgumentException("Too few random bytes.", nameof(random));
    }

    private static string Checksum(string body)
    {
        var crc = Crc32(Encoding.ASCII.GetBytes(body));
        var digits = new char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--, crc /= 62)
            digits[i] = Alphabet[(int)(crc % 62)];
        return new string(digits);
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB88320;
        }

        return ~crc;
    }
}
