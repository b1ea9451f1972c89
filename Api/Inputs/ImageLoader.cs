using TryOn.Core.Egress;
using TryOn.Core.Errors;

namespace TryOn.Api.Inputs;

/// <summary>Gets the bytes of a caller's picture, which are given inline or downloaded. Decodes nothing.</summary>
public sealed class ImageLoader(IFetcher fetcher, EgressAllowList allow)
{
    private static readonly TimeSpan DownloadMax = TimeSpan.FromSeconds(15);

    /// <summary>The picture's bytes, as they came.</summary>
    /// <param name="bytesMax">Of the most that any model in question takes.</param>
    public async Task<Result<byte[]>> Load(ImageReference image, int bytesMax, CancellationToken cancellation)
    {
        if (image.Content is { } bytes)
            return bytes;
        return PictureText.Read(image.Url ?? "", bytesMax) switch
        {
            PictureText.Inline inline => inline.Content,
            PictureText.Remote remote => await Download(image, remote.Address, bytesMax, cancellation),
            PictureText.Refused refused => new Error(refused.Code, refused.Message, image.Param),
            _ => TooManyBytes(image, bytesMax),
        };
    }

    private async Task<Result<byte[]>> Download(
        ImageReference image, Uri address, int bytesMax, CancellationToken cancellation)
    {
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

    private static Error TooManyBytes(ImageReference image, int bytesMax) => new(
        ErrorCode.ImageTooLarge, $"The image is larger than {bytesMax} bytes.", image.Param);
}
