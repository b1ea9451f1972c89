using System.Net.Http.Headers;
using TryOn.Core.Images;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>Encodes pictures and JSON for requests.</summary>
public static class MediaType
{
    public static string DataUrl(InputPicture picture) =>
        $"data:{picture.Format.ContentType()};base64,{Convert.ToBase64String(picture.Content)}";

    public static ByteArrayContent Json(byte[] json)
    {
        var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return body;
    }
}
