using TryOn.Core.Images;

namespace TryOn.Behaviour;

/// <summary>Takes every file that begins as a picture does, for tests that are not about pictures.</summary>
public sealed class SignatureCodec : IImageCodec
{
    private static readonly ImageSides Sides = new(1, 1);

    public Task<ImageReply> Normalize(byte[] content, ImageTarget target, CancellationToken cancellation) =>
        Verify(content, cancellation);

    public Task<ImageReply> NormalizeMask(
        byte[] content, ImageSides shown, ImageSides scaled, int bytesMax, CancellationToken cancellation) =>
        Verify(content, cancellation);

    public Task<ImageReply> Verify(byte[] content, CancellationToken cancellation) =>
        Task.FromResult<ImageReply>(ImageKinds.Recognize(content) switch
        {
            ImageKind.Png => Accepted(ImageFormat.Png, content),
            ImageKind.Jpeg => Accepted(ImageFormat.Jpeg, content),
            ImageKind.WebP => Accepted(ImageFormat.WebP, content),
            _ => new ImageReply.Refused(ImageFault.NotAnImage, "This is no picture."),
        });

    public Task<ImageReply> Preview(byte[] content, int width, CancellationToken cancellation) =>
        Verify(content, cancellation);

    private static ImageReply.Accepted Accepted(ImageFormat format, byte[] content) =>
        new(new ImageInfo(format, Sides), content, Sides);
}
