namespace TryOn.Core.Pictures;

/// <summary>
/// Names one stored picture. The name contains the owning job, so that an orphaned picture can be recognised by its
/// name alone.
/// </summary>
/// <param name="Name">Letters, digits and '-', then one extension: a safe file name on every system.</param>
public sealed record PictureId(string JobId, string Name)
{
    public override string ToString() => $"{JobId}/{Name}";
}
