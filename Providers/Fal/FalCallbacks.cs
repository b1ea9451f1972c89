using System.Security.Cryptography;
using System.Text;
using TryOn.Providers.Callbacks;

namespace TryOn.Providers.Fal;

/// <summary>
/// FAL calls back once, when a request has ended, and signs the call
/// (https://docs.fal.ai/model-apis/model-endpoints/webhooks). The signature proves that FAL sent it, but FAL uses the
/// same keys for all customers; only the address shows whose request it is.
/// </summary>
public sealed class FalCallbacks(FalKeys keys, TimeProvider time) : ICallbackProtocol
{
    private const int SignatureBytes = 64;

    public string Provider => "fal";

    /// <summary>
    /// Checks everything that needs no key first, so that invalid requests do not cause the keys to be fetched.
    /// </summary>
    public async ValueTask<bool> IsAuthentic(CallbackMessage message, CancellationToken cancellation) =>
        ParseSignature(message.Header("x-fal-webhook-signature")) is { } signature
        && SignatureAge.Fresh(message.Header("x-fal-webhook-timestamp"), time)
        && SignedText(message) is { } signed
        && await keys.Verify(signed, signature, cancellation);

    public bool MayHaveEnded(CallbackMessage message) => true;

    private static byte[]? ParseSignature(string? hex) =>
        hex is { Length: SignatureBytes * 2 } && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;

    /// <summary>The signed text, which contains the hash of the body's exact bytes.</summary>
    private static byte[]? SignedText(CallbackMessage message) =>
        message.Header("x-fal-webhook-request-id") is { } request && message.Header("x-fal-webhook-user-id") is { } user
            ? Encoding.UTF8.GetBytes(string.Join(
                '\n', request, user, message.Header("x-fal-webhook-timestamp"),
                Convert.ToHexStringLower(SHA256.HashData(message.Body.Span))))
            : null;
}
