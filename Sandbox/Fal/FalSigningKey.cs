using System.Buffers.Text;
using System.Text;
using NSec.Cryptography;

namespace TryOn.Sandbox.Fal;

/// <summary>
/// The key pair that callbacks are signed with. It is generated at start, so restarting the sandbox changes its keys,
/// as FAL may do at any time.
/// </summary>
public sealed class FalSigningKey : IDisposable
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    /// <summary>The public key in base64url.</summary>
    public string Published => Base64Url.EncodeToString(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public byte[] Sign(string message) => SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(message));

    public void Dispose() => _key.Dispose();
}
