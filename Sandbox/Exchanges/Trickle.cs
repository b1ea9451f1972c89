namespace TryOn.Sandbox.Exchanges;

/// <summary>Sends an answer as a bad network would: slowly, swollen, or only half of it.</summary>
public static class Trickle
{
    private const int Pieces = 10;

    private static readonly byte[] Blanks = [.. Enumerable.Repeat((byte)' ', 64 * 1024)];

    public static async Task Send(HttpContext context, Answer answer)
    {
        await Swell(context, answer.Blanks);
        var body = answer.Truncated ? answer.Body[..(answer.Body.Length / 2)] : answer.Body;
        var clock = context.RequestServices.GetRequiredService<TimeProvider>();
        var piece = Math.Max(1, body.Length / Pieces);
        for (var at = 0; at < body.Length; at += piece)
        {
            if (answer.Pace is { } pace)
                await Task.Delay(pace, clock, context.RequestAborted);
            await Write(context, body[at..Math.Min(at + piece, body.Length)]);
        }

        if (answer.Truncated)
            context.Abort();
    }

    private static async Task Swell(HttpContext context, int blanks)
    {
        for (var left = blanks; left > 0; left -= Blanks.Length)
            await Write(context, Blanks.AsMemory(0, Math.Min(left, Blanks.Length)));
    }

    private static async Task Write(HttpContext context, ReadOnlyMemory<byte> piece)
    {
        await context.Response.Body.WriteAsync(piece, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }
}
