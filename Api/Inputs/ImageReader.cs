using System.Buffers.Text;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Models;

namespace TryOn.Api.Inputs;

/// <summary>A picture that passed every check a model makes, without its metadata.</summary>
public sealed record CheckedImage(ImageInfo Info, byte[] Content);

/// <summary>Brings a caller's picture in: decodes or downloads it, checks it by header, drops its metadata.</summary>
public sealed class ImageReader(IFetcher fetcher, EgressAllowList allow)
{
    private static readonly TimeSpan DownloadMax = TimeSpan.FromSeconds(15);

    /// <summary>The picture's bytes, as they came.</summary>
    /// <param name="bytesMax">Of the most that any model in question takes.</param>
    public async Task<Result<byte[]>> Load(ImageReference image, int bytesMax, CancellationToken cancellation)
    {
        if (image.Content is { } bytes)
            return bytes;
        var url = image.Url ?? "";
        if (url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            return Decode(image, url, bytesMax);
        if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
            return new Error(
                ErrorCode.InvalidRequest, "An image is an upload, a data URL or an https URL.", image.Param);
        var policy = new FetchPolicy(bytesMax, DownloadMax, allow);
        return await fetcher.Fetch(address, policy, cancellation) switch
        {
            FetchResult.Fetched fetched => fetched.Content,
            FetchResult.Refused { Failure: FetchFailure.TooLarge } => TooManyBytes(image, bytesMax),
            // One message for every reason: a caller must not learn which private hosts and ports answer.
            _ => new Error(
                ErrorCode.ImageDownloadFailed, "The image could not be downloaded from this address.", image.Param),
        };
    }

    private static Result<byte[]> Decode(ImageReference image, string url, int bytesMax)
    {
        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !url.AsSpan(0, comma).EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
            return new Error(ErrorCode.InvalidImage, "A data URL must be base64-encoded.", image.Param);
        var base64 = url.AsSpan(comma + 1);
        if (Base64.GetMaxDecodedFromUtf8Length(base64.Length) > bytesMax + 2)
            return TooManyBytes(image, bytesMax);
        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        return Convert.TryFromBase64Chars(base64, decoded, out var length)
            ? decoded[..length]
            : new Error(ErrorCode.InvalidImage, "The image's base64 is broken.", image.Param);
    }

    /// <summary>
    /// Whether one model takes the picture. What is left of it without its metadata is the same for every model.
    /// </summary>
    public static Result<CheckedImage> Check(byte[] content, ImageReference image, Model model)
    {
        switch (ImageInspector.Check(content, model.Capabilities.Pictures))
        {
            case ImageCheck.Refused refused:
                return new Error(Code(refused.Fault), refused.Message, image.Param);
            case ImageCheck.Accepted accepted when !model.Capabilities.Formats.Contains(accepted.Info.Format):
                var formats = string.Join(" or ", model.Capabilities.Formats);
                return new Error(
                    ErrorCode.UnsupportedImageFormat,
                    $"{model.Slug} takes {formats}, not {accepted.Info.Format}.", image.Param);
            case ImageCheck.Accepted accepted:
                return new CheckedImage(accepted.Info, accepted.Content);
            default:
                throw new InvalidOperationException("An image is accepted or refused.");
        }
    }

    private static Error TooManyBytes(ImageReference image, int bytesMax) => new(
        ErrorCode.ImageTooLarge, $"The image is larger than {bytesMax} bytes.", image.Param);

    private static ErrorCode Code(ImageFault fault) => fault switch
    {
        ImageFault.UnsupportedFormat or ImageFault.Animated => ErrorCode.UnsupportedImageFormat,
        ImageFault.TooLarge or ImageFault.TooManyBytes => ErrorCode.ImageTooLarge,
        ImageFault.TooSmall => ErrorCode.ImageTooSmall,
        _ => ErrorCode.InvalidImage,
    };
}
