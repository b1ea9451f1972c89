using System.Text.RegularExpressions;
using TryOn.Core.Pictures;

namespace TryOn.Silo.Pictures;

/// <summary>Maps pictures to object keys in a bucket: <c>{prefix}{job}/{name}</c>.</summary>
internal sealed partial class S3Keys(string prefix)
{
    public string Prefix => prefix;

    public string KeyOf(PictureId id)
    {
        var key = $"{id.JobId}/{id.Name}";
        return PictureName().IsMatch(key)
            ? prefix + key
            : throw new ArgumentException(
                "A picture's name may hold letters, digits, '-', '_' and one '.'.", nameof(id));
    }

    /// <summary>
    /// Returns the picture of a key, or null for a key that this gateway cannot have stored. The sweep deletes pictures
    /// without a job, so objects of others in a shared bucket must never be taken for pictures.
    /// </summary>
    public PictureId? Parse(string key)
    {
        if (!key.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var match = PictureName().Match(key[prefix.Length..]);
        return match.Success ? new PictureId(match.Groups["job"].Value, match.Groups["name"].Value) : null;
    }

    [GeneratedRegex(
        @"\A(?<job>[A-Za-z0-9_-]{1,80})/(?<name>[A-Za-z0-9_-]{1,80}(\.[a-z0-9]{1,8})?)\z",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PictureName();
}
