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
    public async Task Comment(string text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($": {text}\n\n"), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    /// <summary>How long a client waits before it connects again.</summary>
    public async Task Retry(TimeSpan wait, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"retry: {(int)wait.TotalMilliseconds}\n\n"), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    /// <param name="name">Chat clients break at a named event; other streams may name theirs.</param>
    /// <param name="id">What a client that connects again says it has seen.</param>
    public async Task Send<T>(T value, CancellationToken cancellation, string? name = null, long? id = null)
    {
        if (id is not null)
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"id: {id}\n"), cancellation);
        if (name is not null)
            await response.Body.WriteAsync(Encoding.UTF8.GetBytes($"event: {name}\n"), cancellation);
        await response.Body.WriteAsync("data: "u8.ToArray(), cancellation);
        // Compact JSON holds no line break, so it is one line of data whatever its size.
        await JsonSerializer.SerializeAsync(response.Body, value, json, cancellation);
        await response.Body.WriteAsync("\n\n"u8.ToArray(), cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    /// <summary>OpenAI's word for the end of a stream that went well.</summary>
    public async Task Done(CancellationToken cancellation)
    {
        await response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray(), cancellation);
        await response.Body.FlushAsync(cancellation);
    }
}
