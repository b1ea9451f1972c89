namespace TryOn.Core.Pictures;

/// <summary>
/// Names one stored picture. The owning job is part of the name, so that a picture nobody owns can be recognised
/// from its name alone.
/// </summary>
/// <param name="Name">Letters, digits and '-', then one extension: safe as a file name anywhere.</param>
public sealed record PictureId(string JobId, string Name)
{
    public override string ToString() => $"{JobId}/{Name}";
}
