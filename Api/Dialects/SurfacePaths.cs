using TryOn.Api.Errors;

namespace TryOn.Api.Dialects;

/// <summary>
/// Whose a path is that no route answers. What routing itself refuses, an unknown address or a wrong method, carries no
/// metadata of a route, and a surface's clients read only its own form.
/// </summary>
public static class SurfacePaths
{
    private static readonly PathString[] OfFashn = ["/v1/run", "/v1/status", "/v1/credits"];

    /// <summary>Without <c>/api/v1/credits</c>, which serves several schemas, and jobs under <c>/api/v1/tryon</c>.</summary>
    private static readonly PathString[] OfTryItOn =
    [
        "/api/v1/status", "/api/v1/tryon/clothes", "/api/v1/tryon/fashion", "/api/v1/tryon/hairstyle", "/api/v1/tryon/hairstyles",
    ];

    public static ErrorForm FormOf(PathString path) =>
        Holds(OfFashn, path) ? FlatError.Fashn : Holds(OfTryItOn, path) ? FlatError.TryItOn : ErrorForm.Envelope;

    /// <summary>Letters of either case, as routing takes them.</summary>
    private static bool Holds(PathString[] surface, PathString path) =>
        Array.Exists(surface, own => path.StartsWithSegments(own, StringComparison.OrdinalIgnoreCase));
}
