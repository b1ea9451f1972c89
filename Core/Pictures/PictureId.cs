namespace TryOn.Core.Pictures;

/// <summary>
/// Names one stored picture. The name contains the owning job, so that an orphaned picture can be recognised by its
/// name alone.
/// </summary>
/// <param name="Name">Letters, digits and '-', then one extension: a safe file name on every system.</param>
public sealed record PictureId(string JobId, string Name)
{
    /// <summary>Of the small version of a result, at most this wide in pixels.</summary>
    public PictureId Preview(int width) =>
        this with { Name = $"{Path.GetFileNameWithoutExtension(Name)}-w{width}.webp" };

    public bool IsPreviewOf(PictureId result) =>
        JobId == result.JobId
        && Name.StartsWith($"{Path.GetFileNameWithoutExtension(result.Name)}-w", StringComparison.Ordinal);

    public override string ToString() => $"{JobId}/{Name}";
}
