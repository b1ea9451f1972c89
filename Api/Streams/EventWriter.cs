using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;

namespace TryOn.Api.Streams;

/// <summary>
/// Writes server-sent events to one response: https://html.spec.whatwg.org/multipage/server-sent-events.html. Every
/// frame is flushed at once, since proxies close a connection after a minute or two of silence.
/// </summary>
public sealed class EventWriter(HttpResponse response, JsonSerializerOptions json)
{
    public async Task Begin(CancellationToken cancellation)
    {
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache";
        // Tells Nginx not to buffer the response.
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.GetRequiredFeature<IHttpResponseBodyFeature>().DisableBuffering();
        await response.StartAsync(cancellation);
    }

    /// <summary>Writes a comment, which every client skips, to keep the connection alive.</summary>
    public Task Comment(string text, CancellationToken cancellation) => Line($": {text}\n\n", cancellation);

    /// <summary>Tells the client how long to wait before it reconnects.</summary>
    public Task Retry(TimeSpan wait, CancellationToken cancellation) =>
        Line($"retry: {(int)wait.TotalMilliseconds}\n\n", cancellation);

    /// <summary>Advances the client's last event id without an event.</summary>
    public Task SendId(long id, CancellationToken cancellation) => Line($"id: {id}\n\n", cancellation);

    /// <param name="name">Name of the event. Chat clients fail on named events; other streams may use them.</param>
    /// <param name="id">The last event id that a client sends when it reconnects.</param>
    public async Task Send<T>(T value, CancellationToken cancellation, string? name = null, long? id = null)
    {
        // A single flush per event: thousands of clients may be sent an end at once, and each flush is a system call.
        var pipe = response.BodyWriter;
        if (id is not null)
            pipe.Write(Encoding.UTF8.GetBytes($"id: {id}\n"));
        if (name is not null)
            pipe.Write(Encoding.UTF8.GetBytes($"event: {name}\n"));
        pipe.Write("data: "u8);
        // Compact JSON contains no line break, so it is always a single line of data.
        await using (
            var writer = new Utf8JsonWriter(
                pipe, new JsonWriterOptions { Encoder = json.Encoder, SkipValidation = true }))
            JsonSerializer.Serialize(writer, value, json);
        pipe.Write("\n\n"u8);
        await pipe.FlushAsync(cancellation);
    }

    /// <summary>Writes OpenAI's end marker of a successful stream.</summary>
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
