using TryOn.Core.Images;

namespace TryOn.Core.Pictures;

/// <summary>A result picture that was stored and read back unchanged.</summary>
/// <param name="Sha256">SHA-256 of the stored bytes, in hex.</param>
public sealed record Output(PictureId Picture, string ContentType, int Width, int Height, long Bytes, string Sha256)
{
    /// <summary>Null where the upstream's picture had none.</summary>
    public ContentCredentials? ContentCredentials { get; init; }
}
