namespace TryOn.Api.Inputs;

/// <summary>A picture as a caller sent it: bytes of an upload, or a text that stands for it.</summary>
/// <param name="Url">A data URL, bare base64 or an address, as <see cref="PictureText"/> reads them.</param>
/// <param name="Param">The request field it came in, for error messages.</param>
public sealed record ImageReference(string Param, byte[]? Content, string? Url);
