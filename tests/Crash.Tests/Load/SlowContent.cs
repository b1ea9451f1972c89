using System.Net;

namespace TryOn.Crash.Tests.Load;

/// <summary>
/// Sends the wrapped content in pieces with pauses between them, as a phone on a slow connection does.
/// </summary>
internal sealed class SlowContent : HttpContent
{
    private const int PieceBytes = 32 * 1024;

    private readonly HttpContent _whole;
    private readonly TimeSpan _pause;

    public SlowContent(HttpContent whole, TimeSpan pause)
    {
        (_whole, _pause) = (whole, pause);
        Headers.ContentType = whole.Headers.ContentType;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var bytes = await _whole.ReadAsByteArrayAsync();
        foreach (var piece in bytes.Chunk(PieceBytes))
        {
            await stream.WriteAsync(piece);
            await stream.FlushAsync();
            await CrashRun.Pause(_pause);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _whole.Headers.ContentLength ?? 0;
        return _whole.Headers.ContentLength is not null;
    }

    protected override void Dispose(bool disposing)
    {
        _whole.Dispose();
        base.Dispose(disposing);
    }
}
