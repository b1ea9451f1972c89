using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;

namespace TryOn.Api.Files;

/// <summary>
/// Signed addresses of results. The signature is the only credential, so an <c>img</c> tag can use them, and they
/// expire with the picture. A picture always has the same address, so repeated answers are byte for byte equal.
/// </summary>
public sealed class ResultLinks(MasterSecret secret, IOptions<RetentionOptions> retention, TimeProvider clock)
{
    private readonly byte[] _secret = secret.For("result links");

    public string PathOf(PictureId picture, DateTimeOffset endedAt)
    {
        var expires = (endedAt + retention.Value.Results).ToUnixTimeSeconds();
        return $"/files/{picture.JobId}/{picture.Name}?expires={expires}&signature={Sign(picture, expires)}";
    }

    public bool Valid(PictureId picture, long expires, string signature) =>
        clock.GetUtcNow().ToUnixTimeSeconds() < expires
        && CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Sign(picture, expires)));

    private string Sign(PictureId picture, long expires) => WebEncoders.Base64UrlEncode(
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"GET\n{picture.JobId}\n{picture.Name}\n{expires}")));
}
