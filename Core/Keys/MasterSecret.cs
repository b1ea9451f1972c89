using System.Security.Cryptography;
using System.Text;

namespace TryOn.Core.Keys;

/// <summary>
/// The one secret of an installation. Everything keyed is keyed with a secret derived from it for that purpose alone, so
/// that no two uses can be played against each other. Whoever loses it invalidates every API key and result address.
/// </summary>
public sealed class MasterSecret
{
    public const int LengthMin = 32;

    private readonly byte[] _bytes;

    public MasterSecret(byte[] bytes)
    {
        _bytes = bytes.Length >= LengthMin
            ? bytes
            : throw new ArgumentException($"A secret of at least {LengthMin} bytes is needed.", nameof(bytes));
    }

    /// <summary>32 bytes.</summary>
    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, LengthMin, salt: null, Encoding.ASCII.GetBytes(purpose));
}
