using System.Buffers.Text;
using NSec.Cryptography;

namespace TryOn.Providers.Fal;

/// <summary>The keys that were published at one time. .NET 10 has no Ed25519 of its own: this one is libsodium's.</summary>
public sealed class FalKeySet
{
    private readonly IReadOnlyList<PublicKey> _keys;

    private FalKeySet(IReadOnlyList<PublicKey> keys) => _keys = keys;

    public static FalKeySet Empty { get; } = new([]);

    /// <summary>Null where no key can be read. What is no key of this kind is passed over.</summary>
    public static FalKeySet? Read(ReadOnlySpan<byte> body)
    {
        var keys = (FalKeyList.Read(body)?.Keys ?? []).Select(Key).OfType<PublicKey>().ToList();
        return keys.Count == 0 ? null : new FalKeySet(keys);
    }

    /// <summary>FAL does not say with which of its keys it signed.</summary>
    public bool Signed(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        foreach (var key in _keys)
        {
            if (SignatureAlgorithm.Ed25519.Verify(key, message, signature))
                return true;
        }

        return false;
    }

    /// <summary>FAL's own example goes by the key alone. One that does not say what it is counts; another kind does not.</summary>
    private static PublicKey? Key(FalKey? given)
    {
        if (given is not { X: { } text, Kty: null or "OKP", Crv: null or "Ed25519" } || !Base64Url.IsValid(text, out var length)
            || length != SignatureAlgorithm.Ed25519.PublicKeySize)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key) ? key : null;
    }
}
