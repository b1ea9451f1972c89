namespace TryOn.Sandbox.Pictures;

/// <summary>
/// One person in one garment. The picture is composed when it is first requested: a task that nobody downloads costs no
/// pixel work.
/// </summary>
public sealed class Fitting(SentPicture person, SentPicture garment)
{
    private readonly Lazy<byte[]> _picture = new(() => Composer.Compose(person.Bytes, garment.Bytes));

    public FittingKey Key { get; } = new(person.Sha256, garment.Sha256);

    public long Bytes { get; } = person.Bytes.LongLength + garment.Bytes.LongLength;

    public byte[] Picture() => _picture.Value;

    public string MimeType() => PictureHeaders.MimeType(PictureHeaders.Format(Picture()));
}

public readonly record struct FittingKey(string Person, string Garment);
