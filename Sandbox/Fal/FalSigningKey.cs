using System.Buffers.Text;
using System.Text;
using NSec.Cryptography;

namespace TryOn.Sandbox.Fal;

/// <summary>
/// What this FAL signs with: a pair made at its start, so that a sandbox that was started anew has changed its keys, as FAL
/// may at any time.
/// </summary>
public sealed class FalSigningKey : IDisposable
{
    private readonly Key _key = Key.Create(SignatureAlgorithm.Ed25519);

    /// <summary>The public half, in base64url.</summary>
    public string Published => Base64Url.EncodeToString(_key.PublicKey.Export(KeyBlobFormat.RawPublicKey));

    public byte[] Sign(string message) => SignatureAlgorithm.Ed25519.Sign(_key, Encoding.UTF8.GetBytes(message));

    public void Dispose() => _key.Dispose();
}
