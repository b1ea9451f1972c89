using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Fal;

/// <summary>Signs callbacks as FAL does (https://docs.fal.ai/model-apis/model-endpoints/webhooks).</summary>
/// <param name="requestId">The request that the callback is about.</param>
public sealed class FalSignature(FalSigningKey key, string requestId) : ICallbackSignature
{
    private const string UserId = "sandbox-user";

    public void Sign(HttpRequestHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var at = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var hash = Convert.ToHexStringLower(SHA256.HashData(body));
        headers.Add("X-Fal-Webhook-Request-Id", requestId);
        headers.Add("X-Fal-Webhook-User-Id", UserId);
        headers.Add("X-Fal-Webhook-Timestamp", at);
        headers.Add(
            "X-Fal-Webhook-Signature", Convert.ToHexStringLower(key.Sign($"{requestId}\n{UserId}\n{at}\n{hash}")));
    }

    /// <summary>Signs with a key that is not published.</summary>
    public ICallbackSignature Forged() => new FalSignature(new FalSigningKey(), requestId);
}
