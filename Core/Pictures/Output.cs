namespace TryOn.Core.Pictures;

/// <summary>A result picture that has been stored, read back and found whole.</summary>
/// <param name="Sha256">Of the stored bytes, hex.</param>
public sealed record Output(PictureId Picture, string ContentType, int Width, int Height, long Bytes, string Sha256);
