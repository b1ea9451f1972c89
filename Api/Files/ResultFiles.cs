using System.Buffers.Binary;
using TryOn.Core;
using TryOn.Core.Images;
using TryOn.Core.Pictures;

namespace TryOn.Api.Files;

/// <summary>A result, or its preview, as it is downloaded.</summary>
public sealed record ResultFile(string Name, byte[] Content, string ContentType);

/// <summary>Reads results. A preview is made when it is first asked for, and kept as long as its result.</summary>
public sealed class ResultFiles(IDirectory directory, IPictureStore pictures, IImageCodec codec)
{
    /// <param name="width">Of the preview in pixels; null for the result itself.</param>
    /// <returns>Null where there is no such result, or none any more.</returns>
    public async Task<ResultFile?> Read(PictureId id, int? width, CancellationToken cancellation)
    {
        // A valid signature is not enough: the picture may have been deleted, so the job must still list it as a
        // result.
        var output = (await directory.Job(id.JobId).Read()).Value?.Outputs.FirstOrDefault(
            output => output.Picture == id);
        if (output is null)
            return null;
        if (width is { } small && await Preview(id, small, cancellation) is { } preview)
            return preview;
        return await pictures.Read(id, cancellation) is { } content
            ? new ResultFile(id.Name, content, output.ContentType)
            : null;
    }

    /// <summary>Null where it cannot be made: the result itself is shown then.</summary>
    private async Task<ResultFile?> Preview(PictureId result, int width, CancellationToken cancellation)
    {
        var id = result.Preview(width);
        if (await pictures.Read(id, cancellation) is { } kept && IsWhole(kept))
            return new ResultFile(id.Name, kept, ImageFormat.WebP.ContentType());
        if (await pictures.Read(result, cancellation) is not { } whole
            || await codec.Preview(whole, width, cancellation) is not ImageReply.Accepted made)
            return null;
        try
        {
            // A caller that hangs up must not leave half a file.
            await pictures.Save(id, made.Content, CancellationToken.None);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // It is made again the next time.
        }

        return new ResultFile(id.Name, made.Content, ImageFormat.WebP.ContentType());
    }

    /// <summary>
    /// A preview has the same name each time, so it may be read while another request writes it. A WebP begins with its
    /// length (https://developers.google.com/speed/webp/docs/riff_container).
    /// </summary>
    private static bool IsWhole(ReadOnlySpan<byte> webp) =>
        webp.Length > 8 && BinaryPrimitives.ReadUInt32LittleEndian(webp[4..]) + 8 == webp.Length;
}
