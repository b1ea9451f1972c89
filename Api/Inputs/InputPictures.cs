using System.Collections.Immutable;
using System.Security.Cryptography;
using TryOn.Core.Errors;
using TryOn.Core.Images;

namespace TryOn.Api.Inputs;

/// <summary>A caller's picture, as upstreams take it.</summary>
/// <param name="Shown">The sides of the picture that the caller sent.</param>
/// <param name="SourceHash">SHA-256 of the bytes that the caller sent.</param>
public sealed record CheckedImage(
    ImageInfo Info, byte[] Content, ImageSides Shown, ImmutableArray<byte> SourceHash);

/// <summary>Turns callers' pictures into pictures that upstreams take, or says why that cannot be.</summary>
public sealed class InputPictures(IImageCodec codec)
{
    /// <summary>
    /// Of a mask, in bytes: less than 4 MB (https://platform.openai.com/docs/api-reference/images/createEdit).
    /// </summary>
    private const int MaskBytesMax = (4 * 1024 * 1024) - 1;

    public async Task<Result<CheckedImage>> Normalize(
        byte[] content, ImageReference image, ImageTarget target, CancellationToken cancellation) =>
        ToResult(await codec.Normalize(content, target, cancellation), content, image);

    public async Task<Result<CheckedImage>> NormalizeMask(
        byte[] content, ImageReference image, CheckedImage person, CancellationToken cancellation) =>
        await codec.NormalizeMask(content, person.Shown, person.Info.Sides, MaskBytesMax, cancellation) switch
        {
            ImageReply.Refused refused => new Error(ErrorCode.InvalidRequest, refused.Message, image.Param),
            var reply => ToResult(reply, content, image),
        };

    private static Result<CheckedImage> ToResult(ImageReply reply, byte[] content, ImageReference image) =>
        reply switch
        {
            ImageReply.Accepted accepted => new CheckedImage(
                accepted.Info, accepted.Content, accepted.Shown, [.. SHA256.HashData(content)]),
            ImageReply.Refused refused => new Error(CodeOf(refused.Fault), refused.Message, image.Param),
            _ => new Error(
                ErrorCode.Unavailable, "Pictures cannot be read at the moment. Nothing was charged; send it again.",
                RetryAfter: TimeSpan.FromSeconds(5)),
        };

    private static ErrorCode CodeOf(ImageFault fault) => fault switch
    {
        ImageFault.UnsupportedFormat => ErrorCode.UnsupportedImageFormat,
        ImageFault.TooLarge or ImageFault.TooManyBytes or ImageFault.TooCostly => ErrorCode.ImageTooLarge,
        ImageFault.TooSmall => ErrorCode.ImageTooSmall,
        _ => ErrorCode.InvalidImage,
    };
}
