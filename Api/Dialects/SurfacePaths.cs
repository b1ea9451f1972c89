using TryOn.Api.Errors;

namespace TryOn.Api.Dialects;

/// <summary>The paths of TryItOn's and FASHN's surfaces, where errors must have their own format.</summary>
public static class SurfacePaths
{
    /// <summary>
    /// Leaves out <c>/api/v1/credits</c>, which serves several schemas, and jobs under <c>/api/v1/tryon</c>.
    /// </summary>
    public static void AddSurfaces(this ErrorFormats formats)
    {
        formats.Add(FlatError.Fashn, "/v1/run", "/v1/status", "/v1/credits");
        formats.Add(
            FlatError.TryItOn, "/api/v1/status", "/api/v1/tryon/clothes", "/api/v1/tryon/fashion",
            "/api/v1/tryon/hairstyle", "/api/v1/tryon/hairstyles");
    }
}
