
namespace TryOn.Sandbox.Wire;

/// <summary>Sends an answer as a bad network would: slowly, padded, or truncated.</summary>
public static class FaultySender
{
    private const int Chunks = 10;

    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', 64 * 1024)];

    public static async Task Send(HttpContext context, Answer answer)
    {
        await SendPadding(context, answer.PaddingBytes);
        var body = answer.Truncated ? answer.Body[..(answer.Body.Length / 2)] : answer.Body;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var chunk = Math.Max(1, body.Length / Chunks);
        for (var at = 0; at < body.Length; at += chunk)
        {
            if (answer.ChunkDelay is { } delay)
                await Task.Delay(delay, clock, context.RequestAborted);
            await Write(context, body[at..Math.Min(at + chunk, body.Length)]);
        }

        if (answer.Truncated)
            context.Abort();
    }

    private static async Task SendPadding(HttpContext context, int blanks)
    {
        for (var left = blanks; left > 0; left -= Blanks.Length)
            await Write(context, Blanks.AsMemory(0, Math.Min(left, Blanks.Length)));
    }

    private static async Task Write(HttpContext context, ReadOnlyMemory<byte> chunk)
    {
        await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
