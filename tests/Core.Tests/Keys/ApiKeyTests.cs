using System.Text;
using TryOn.Core.Keys;

namespace TryOn.Core.Tests.Keys;

public sealed class ApiKeyTests
{
    private const string AccountId = "AbCdEfGh0123";
    private const string Secret = "zyxwvutsrqponmlkjihgfedcba9876543210";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_";

    private static readonly ApiKey Key = ApiKey.Create(AccountMode.Live, AccountId, Secret);

    [Theory]
    [InlineData(AccountMode.Live, "tryon_live_")]
    [InlineData(AccountMode.Test, "tryon_test_")]
    public void Key_Created_ParsesToItself(AccountMode mode, string prefix)
    {
        var key = ApiKey.Create(mode, AccountId, Secret);

        Assert.StartsWith(prefix + AccountId + Secret, key.Text, StringComparison.Ordinal);
        Assert.Equal(65, key.Text.Length);
        Assert.Equal(key, ApiKey.Parse(key.Text));
    }

    /// <summary>The checksum is a contract with issued keys and with secret scanners.</summary>
    [Fact]
    public void Checksum_OfAKey_IsTheCrc32OfItsStart()
    {
        Assert.Equal("3LSQGX", Key.Text[^6..]);
        Assert.Equal(Base62OfCrc32(Key.Text[..^6]), Key.Text[^6..]);
    }

    [Fact]
    public void Parse_WithAnyCharacterChanged_IsRefused()
    {
        for (var at = 0; at < Key.Text.Length; at++)
        {
            foreach (var other in Alphabet.Where(letter => letter != Key.Text[at]))
                Refuses($"{Key.Text[..at]}{other}{Key.Text[(at + 1)..]}");
        }
    }

    [Fact]
    public void Parse_WithNeighboursSwapped_IsRefused()
    {
        var random = new Random(7);
        for (var n = 0; n < 2000; n++)
        {
            var text = ApiKey.Create(AccountMode.Test, Digits(random, 12), Digits(random, 36)).Text;
            foreach (var at in Enumerable.Range(0, text.Length - 1).Where(at => text[at] != text[at + 1]))
                Refuses($"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}");
        }
    }

    /// <summary>A test key edited by hand must not pass for a live one.</summary>
    [Fact]
    public void Parse_OfARelabelledKey_IsRefused() =>
        Refuses(Key.Text.Replace("_live_", "_test_", StringComparison.Ordinal));

    [Fact]
    public void Parse_OfAnythingElse_IsRefused()
    {
        var foreign = "sk_live_" + Key.Text[8..^6];
        foreach (var text in new[]
                 {
                     null, "", " ", "tryon_live_", Key.Text + "0", Key.Text[..^1], " " + Key.Text[1..],
                     Key.Text.ToUpperInvariant(),
                     foreign + Base62OfCrc32(foreign), Key.Text[..20] + "é" + Key.Text[21..], new('0', 65),
                     new('\0', 65),
                 })
            Refuses(text);
    }

    /// <summary>
    /// A correct checksum does not make the characters valid, and the account id becomes part of addresses and records.
    /// </summary>
    [Theory]
    [InlineData("AbCdEfGh/123")]
    [InlineData("AbCdEfGh 123")]
    [InlineData("AbCdEfGh-123")]
    public void Parse_OfOtherThanDigits_IsRefused(string accountId) =>
        Refuses(ApiKey.Create(AccountMode.Live, accountId, Secret).Text);

    [Fact]
    public void Label_OfAKey_IdentifiesItWithoutItsSecret()
    {
        Assert.Equal($"tryon_live_…{Key.Text[^4..]}", Key.Label);
        Assert.DoesNotContain(Secret[^2..], Key.Label, StringComparison.Ordinal);
    }

    [Fact]
    public void Hash_OfAKey_IsStableAndKeyed()
    {
        var pepper = Encoding.ASCII.GetBytes("pepper");

        Assert.Equal("6503c6130158cba402a555e3c42f2620318b732ae12aa9b49d18f57977ba5806", Key.Hash(pepper));
        Assert.NotEqual(Key.Hash(pepper), Key.Hash([.. pepper, 0x21]));
        Assert.NotEqual(Key.Hash(pepper), ApiKey.Create(AccountMode.Test, AccountId, Secret).Hash(pepper));
    }

    private static void Refuses(string? text) =>
        Assert.True(ApiKey.Parse(text) is null, $"{text} was taken for a key.");

    private static string Digits(Random random, int length)
    {
        var bytes = new byte[2 * length];
        random.NextBytes(bytes);
        return ApiKey.Base62(bytes, length);
    }

    private static string Base62OfCrc32(string body)
    {
        var crc = Encoding.ASCII.GetBytes(body).Aggregate(uint.MaxValue, (sum, value) => Enumerable.Range(0, 8)
            .Aggregate(sum ^ value, (bits, _) => (bits >> 1) ^ ((bits & 1) * 0xEDB88320)));
        var value = ~crc;
        var text = "";
        for (var n = 0; n < 6; n++, value /= 62)
            text = Alphabet[(int)(value % 62)] + text;
        return text;
    }
}
