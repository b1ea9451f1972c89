using System.Security.Cryptography;

namespace TryOn.Sandbox.Faults;

/// <summary>A submit as received. <c>Body</c> is null if it exceeded the upstream's limit.</summary>
public sealed record Submission(
    HttpRequest Request, ReadOnlyMemory<byte>? Body, string? BodySha256, DateTimeOffset At, Fault? Fault)
{
    public bool IsJson => Request.HasJsonContentType();

    /// <summary>Reads the body; null if it is longer than the limit.</summary>
    public static async Task<ReadOnlyMemory<byte>?> ReadBody(HttpRequest request, int bytesMax)
    {
        if (request.ContentLength > bytesMax)
            return null;
        using var body = new MemoryStream((int)(request.ContentLength ?? 0));
        var buffer = new byte[64 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
        {
            if (body.Length + read > bytesMax)
                return null;
            body.Write(buffer.AsSpan(0, read));
        }

        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    public static string? Hash(ReadOnlyMemory<byte>? body) =>
        body is { } bytes ? Convert.ToHexStringLower(SHA256.HashData(bytes.Span)) : null;
}
