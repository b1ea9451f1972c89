using System.Diagnostics.CodeAnalysis;

namespace TryOn.Core.Images;

[SuppressMessage("Design", "CA1008:Enums should have zero value",
    Justification = "A picture of no known format has no ImageInfo at all, so there is nothing for zero to mean.")]
public enum ImageFormat
{
    Png = 1,
    Jpeg,
    WebP,
}
