using System.Buffers;
using System.Text.Json;

namespace TryOn.Sandbox.Exchanges;

/// <summary>A whole answer, built before any byte of it is sent so that a fault can still change it.</summary>
public sealed record Answer(int Status, ReadOnlyMemory<byte> Body, string ContentType) : IResult
{
    public static readonly Answer Aborted = new(0, default, string.Empty);

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Set to send it a piece at a time: the wait before each.</summary>
    public TimeSpan? Pace { get; init; }

    /// <summary>Blanks before the body, which any reader of JSON must skip.</summary>
    public int Blanks { get; init; }

    /// <summary>Set to announce all of it and send half.</summary>
    public bool Truncated { get; init; }

    public static Answer Json<T>(int status, T body, JsonSerializerOptions options) =>
        new(status, JsonSerializer.SerializeToUtf8Bytes(body, options), "application/json; charset=utf-8");

    /// <summary>
    /// Hands the answer to the server, which sends it when the request ends: what is written to the log before that
    /// is there before a client can have read the answer.
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
        response.ContentLength = Blanks + (long)Body.Length;
        if (Pace is not null || Blanks > 0 || Truncated)
            return Trickle.Send(httpContext, this);
        response.BodyWriter.Write(Body.Span);
        return Task.CompletedTask;
    }
}
