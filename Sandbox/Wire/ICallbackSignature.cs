using System.Net.Http.Headers;

namespace TryOn.Sandbox.Wire;

/// <summary>Signs an upstream's callbacks.</summary>
public interface ICallbackSignature
{
    void Sign(HttpRequestHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now);

    /// <summary>The same kind of signature, made with a wrong key.</summary>
    ICallbackSignature Forged();
}
