using System.Text.RegularExpressions;
using TryOn.Core.Pictures;

namespace TryOn.Silo.Pictures;

/// <summary>How pictures are named in a bucket: <c>{prefix}{job}/{name}</c>.</summary>
internal sealed partial class S3Keys(string prefix)
{
    public string Prefix => prefix;

    public string Of(PictureId id)
    {
        var key = $"{id.JobId}/{id.Name}";
        return PictureName().IsMatch(key)
            ? prefix + key
            : throw new ArgumentException("A picture's name may hold letters, digits, '-', '_' and one '.'.", nameof(id));
    }

    /// <summary>
    /// Null for what this gateway cannot have stored. A sweep deletes what no job owns, so objects of somebody else who
    /// shares the bucket must never look like pictures.
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
