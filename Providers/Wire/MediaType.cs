using System.Net.Http.Headers;
using TryOn.Core.Images;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>How pictures and documents are named on the wire.</summary>
public static class MediaType
{
    public static string Of(ImageFormat format) =>
        format switch
        {
            ImageFormat.Png => "image/png",
            ImageFormat.Jpeg => "image/jpeg",
            _ => "image/webp",
        };

    public static string DataUrl(InputPicture picture) =>
        $"data:{Of(picture.Format)};base64,{Convert.ToBase64String(picture.Content)}";

    public static ByteArrayContent Json(byte[] json)
    {
        var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return body;
    }
}
