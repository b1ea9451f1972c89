using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace TryOn.Api.Streams;

/// <summary>
/// Server-sent events on one response: https://html.spec.whatwg.org/multipage/server-sent-events.html. Every frame is
/// flushed at once, since a proxy that sees nothing for a minute or two hangs up.
/// </summary>
public sealed class EventWriter(HttpResponse response, JsonSerializerOptions json)
{
    public async Task Begin(CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        // Nginx gathers an answer before it passes it on, unless it is told not to.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await response.StartAsync(cancellation);
    }

    /// <summary>A line that every client skips: a sign of life that is no event.</summary>
    public Task Comment(string text, CancellationToken cancellation) => Line($": {text}\n\n", cancellation);

    /// <summary>How long a client waits before it connects again.</summary>
    public Task Retry(TimeSpan wait, CancellationToken cancellation) =>
        Line($"retry: {(int)wait.TotalMilliseconds}\n\n", cancellation);

    /// <summary>Moves what a client that connects again says it has seen, without an event.</summary>
    public Task Number(long id, CancellationToken cancellation) => Line($"id: {id}\n\n", cancellation);

    /// <param name="name">Chat clients break at a named event; other streams may name theirs.</param>
    /// <param name="id">What a client that connects again says it has seen.</param>
    public async Task Send<T>(T value, CancellationToken cancellation, string? name = null, long? id = null)
    {
        // One flush for all of it: thousands are told of an end at once, and each flush is a call to the system.
        var pipe = response.BodyWriter;
        if (id is not null)
            pipe.Write(Encoding.UTF8.GetBytes($"id: {id}\n"));
        if (name is not null)
            pipe.Write(Encoding.UTF8.GetBytes($"event: {name}\n"));
        pipe.Write("data: "u8);
        // Compact JSON holds no line break, so it is one line of data whatever its size.
        await using (var writer = new Utf8JsonWriter(pipe, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(writer, value, json);
        pipe.Write("\n\n"u8);
        await pipe.FlushAsync(cancellation);
    }

    /// <summary>OpenAI's word for the end of a stream that went well.</summary>
    public async Task Done(CancellationToken cancellation)
    {
        response.BodyWriter.Write("data: [DONE]\n\n"u8);
        await response.BodyWriter.FlushAsync(cancellation);
    }

    private async Task Line(string text, CancellationToken cancellation)
    {
        response.BodyWriter.Write(Encoding.UTF8.GetBytes(text));
        await response.BodyWriter.FlushAsync(cancellation);
    }
}
