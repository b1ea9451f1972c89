using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;

namespace TryOn.Throughput;

/// <summary>
/// The baseline for streams: the same web server, which sends one message to all clients of a group when it is
/// released.
/// </summary>
internal static class BareEvents
{
    /// <summary>The length of a job's last message.</summary>
    private const int MessageBytes = 900;

    private static readonly byte[] Message =
        [.. "id: 7\nevent: result\ndata: \""u8, .. Enumerable.Repeat((byte)'x', MessageBytes), .. "\"\n\n"u8];

    private static readonly ConcurrentDictionary<int, TaskCompletionSource> Groups = new();

    public static async Task<int> Run(string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.MapGet("/health/ready", () => TypedResults.Ok());
        app.MapGet("/events", Events);
        app.MapPost("/release", ([FromQuery] int group) =>
        {
            var now = TimeProvider.System.GetUtcNow();
            Group(group).SetResult();
            return TypedResults.Text($"{now.UtcTicks}");
        });
        await app.RunAsync();
        return 0;
    }

    private static async Task Events(HttpContext context, [FromQuery] int group)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.WriteAsync("retry: 2000\n\n"u8.ToArray());
        await Group(group).Task;
        await context.Response.Body.WriteAsync(Message);
    }

    private static TaskCompletionSource Group(int number) => Groups.GetOrAdd(
        number, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
