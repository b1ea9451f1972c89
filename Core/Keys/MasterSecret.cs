using System.Security.Cryptography;
using System.Text;

namespace TryOn.Core.Keys;

/// <summary>
/// The secret of an installation, from which a separate key is derived for each purpose, so that a key leaked from one
/// use is worthless in another. Losing it invalidates every API key and result address.
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

    /// <summary>The 32-byte key for this purpose.</summary>
    public byte[] For(string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, LengthMin, salt: null, Encoding.ASCII.GetBytes(purpose));
}
