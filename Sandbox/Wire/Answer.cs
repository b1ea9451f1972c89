using System.Buffers;
using System.Text.Json;

namespace TryOn.Sandbox.Wire;

/// <summary>A complete answer, built before any byte is sent so that a fault can still change it.</summary>
public sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType) : IResult
{
    public static readonly Answer Aborted = new(0, default, string.Empty);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Delay before each chunk; null to send the answer at once.</summary>
    public TimeSpan? ChunkDelay { get; init; }

    /// <summary>Number of blanks to send before the body, which every JSON parser skips.</summary>
    public int PaddingBytes { get; init; }

    /// <summary>True to announce the full length and send only half.</summary>
    public bool Truncated { get; init; }

    public static Answer Json<T>(int status, T body, JsonSerializerOptions options) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, options), "application/json; charset=utf-8");

    /// <summary>
    /// Buffers the answer, which the server sends when the request ends. Log lines written before that exist before a
    /// client can have read the answer.
    /// </summary>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (this == Aborted)
        {
            httpContext.Abort();
            return Task.CompletedTask;
        }

        var response = httpContext.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        if (Body.IsEmpty)
            return Task.CompletedTask;
        response.ContentType = ContentType;
        response.ContentLength = PaddingBytes + (long)Body.Length;
        if (ChunkDelay is not null || PaddingBytes > 0 || Truncated)
            return FaultySender.Send(httpContext, this);
        response.BodyWriter.Write(Body.Span);
        return Task.CompletedTask;
    }
}
