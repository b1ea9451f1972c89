namespace TryOn.Api.Inputs;

/// <summary>A picture as a caller sent it: bytes of an upload, or a data or https URL.</summary>
/// <param name="Param">The request field it came in, for error messages.</param>
public sealed record ImageReference(string Param, byte[]? Content, string? Url);
