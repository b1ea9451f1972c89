using System.Runtime.InteropServices;
using System.Text.Json;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Kling;

/// <summary>
/// Reads a picture field: plain base64 of a JPEG or PNG, at most 10 MB, at least 300 pixels on each side.
/// </summary>
public static class KlingPictureReader
{
    private const int BytesMax = 10 * 1024 * 1024;
    private const int SideMin = 300;

    public static KlingError? Read(JsonElement root, string field, out SentPicture? picture)
    {
        picture = null;
        if (!root.TryGetProperty(field, out var value))
            return KlingErrors.Value($"{field} is required");
        // Uses the raw text: building a string of ten megabytes to look at its beginning would be wasteful.
        var text = JsonMarshal.GetRawUtf8Value(value)[1..^1];
        if (text.IsEmpty)
            return KlingErrors.Value($"{field} is required");
        if (text.StartsWith("http"u8))
            return KlingErrors.Value($"{field}: url images not supported by the sandbox");
        if (!SentPicture.TryRead(value, out picture))
            return KlingErrors.Value($"{field} must be base64 without a data: prefix");
        return Check(picture, field);
    }

    private static KlingError? Check(SentPicture picture, string field)
    {
        if (picture.Format is not (PictureFormat.Png or PictureFormat.Jpeg))
            return KlingErrors.Value($"{field} must be a jpg, jpeg or png");
        if (picture.Bytes.Length > BytesMax)
            return KlingErrors.Value($"{field} must not exceed 10 MB");
        if (Decoder.Size(picture.Bytes) is not { } size)
            return KlingErrors.Value($"{field} cannot be read");
        return size.Width < SideMin || size.Height < SideMin
            ? KlingErrors.Value($"{field} must be at least {SideMin}px wide and high")
            : null;
    }
}
