using System.Security.Cryptography;
using System.Text;
using TryOn.Providers.Callbacks;

namespace TryOn.Providers.Fal;

/// <summary>
/// FAL calls back once, when a request is over, and signs (https://docs.fal.ai/model-apis/model-endpoints/webhooks). The
/// signature says that FAL sent it, but FAL signs for all its customers alike: whose request it is, the address says.
/// </summary>
public sealed class FalCallbacks(FalKeys keys, TimeProvider time) : ICallbackForm
{
    private const int SignatureBytes = 64;

    public string Provider => "fal";

    /// <summary>Whatever can be told without a key is told first, so that nonsense has no keys fetched.</summary>
    public async ValueTask<bool> Genuine(CallbackMessage message, CancellationToken cancellation) =>
        Signature(message.Header("x-fal-webhook-signature")) is { } signature
        && SignatureAge.Fresh(message.Header("x-fal-webhook-timestamp"), time)
        && Signed(message) is { } signed
        && await keys.Signed(signed, signature, cancellation);

    public bool News(CallbackMessage message) => true;

    private static byte[]? Signature(string? hex) =>
        hex is { Length: SignatureBytes * 2 } && hex.All(char.IsAsciiHexDigit) ? Convert.FromHexString(hex) : null;

    /// <summary>The body takes part by its hash, byte for byte as it came.</summary>
    private static byte[]? Signed(CallbackMessage message) =>
        message.Header("x-fal-webhook-request-id") is { } request && message.Header("x-fal-webhook-user-id") is { } user
            ? Encoding.UTF8.GetBytes(string.Join(
                '\n', request, user, message.Header("x-fal-webhook-timestamp"),
                Convert.ToHexStringLower(SHA256.HashData(message.Body.Span))))
            : null;
}
