using System.Buffers.Text;
using NSec.Cryptography;

namespace TryOn.Providers.Fal;

/// <summary>The signing keys that FAL published at one time. .NET 10 has no Ed25519, so libsodium's is used.</summary>
public sealed class FalKeySet
{
    private readonly IReadOnlyList<PublicKey> _keys;

    private FalKeySet(IReadOnlyList<PublicKey> keys) => _keys = keys;

    public static FalKeySet Empty { get; } = new([]);

    /// <summary>Null if the body contains no usable key. Keys of other kinds are skipped.</summary>
    public static FalKeySet? Read(ReadOnlySpan<byte> body)
    {
        var keys = (FalKeyList.Read(body)?.Keys ?? []).Select(Key).OfType<PublicKey>().ToList();
        return keys.Count == 0 ? null : new FalKeySet(keys);
    }

    /// <summary>Tries all keys, since FAL does not say which one it signed with.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        foreach (var key in _keys)
        {
            if (SignatureAlgorithm.Ed25519.Verify(key, message, signature))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Accepts a key without type fields, as in FAL's own example, and rejects one that names another type.
    /// </summary>
    private static PublicKey? Key(FalKey? given)
    {
        if (given is not { X: { } text, Kty: null or "OKP", Crv: null or "Ed25519" }
            || !Base64Url.IsValid(text, out var length)
            || length != SignatureAlgorithm.Ed25519.PublicKeySize)
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(text);
        return PublicKey.TryImport(SignatureAlgorithm.Ed25519, bytes, KeyBlobFormat.RawPublicKey, out var key)
            ? key
            : null;
    }
}
