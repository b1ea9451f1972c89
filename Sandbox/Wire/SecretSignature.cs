using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Sandbox.Wire;

/// <summary>Signs callbacks as https://www.standardwebhooks.com specifies.</summary>
public sealed class SecretSignature(string secret) : ICallbackSignature
{
    private const string Prefix = "whsec_";
    private const int ForgedBytes = 24;

    public void Sign(HttpRequestHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var id = RandomNumberGenerator.GetString("0123456789", 18);
        var at = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var key = Convert.FromBase64String(Digits(secret));
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{at}."), .. body];
        headers.Add("webhook-id", id);
        headers.Add("webhook-timestamp", at);
        headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}");
    }

    public ICallbackSignature Forged() =>
        new SecretSignature(Convert.ToBase64String(RandomNumberGenerator.GetBytes(ForgedBytes)));

    public static bool IsValidSecret(string secret) => Digits(secret) is { Length: > 0 } digits
        && Convert.TryFromBase64String(digits, new byte[digits.Length], out _);

    private static string Digits(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
}
