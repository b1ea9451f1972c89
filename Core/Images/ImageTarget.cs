using System.Collections.Immutable;

namespace TryOn.Core.Images;

/// <summary>What a picture has to become.</summary>
/// <param name="Formats">Those that an upstream reads, never empty.</param>
public sealed record ImageTarget(ImmutableArray<ImageFormat> Formats, ImageLimits Limits)
{
    /// <summary>
    /// The intersection of the targets, except for the shortest side allowed, which is the smallest of theirs: a
    /// picture is never made larger, and the caller leaves out the models that want more.
    /// </summary>
    /// <exception cref="ArgumentException">They have no format in common.</exception>
    public static ImageTarget Combine(IReadOnlyCollection<ImageTarget> targets)
    {
        var formats = targets.Select(target => target.Formats).Aggregate((all, next) => [.. all.Intersect(next)]);
        if (formats.IsEmpty)
            throw new ArgumentException("The models take no format in common.", nameof(targets));
        return new ImageTarget(
            formats,
            new ImageLimits(
                targets.Min(target => target.Limits.SideMin), targets.Min(target => target.Limits.SideMax),
                targets.Min(target => target.Limits.PixelsMax), targets.Min(target => target.Limits.BytesMax)));
    }
}
