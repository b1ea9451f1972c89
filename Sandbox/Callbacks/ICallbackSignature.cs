using System.Net.Http.Headers;

namespace TryOn.Sandbox.Callbacks;

/// <summary>How an upstream signs what it posts.</summary>
public interface ICallbackSignature
{
    void Sign(HttpRequestHeaders headers, ReadOnlySpan<byte> body, DateTimeOffset now);

    /// <summary>The same form, by somebody who has not what the upstream signs with.</summary>
    ICallbackSignature Forged();
}
