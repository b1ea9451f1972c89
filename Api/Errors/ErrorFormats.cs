namespace TryOn.Api.Errors;

/// <summary>
/// The error formats of paths that match no route. When routing rejects an unknown address or a wrong method, there is
/// no route metadata, yet a surface's clients still expect their own format.
/// </summary>
public sealed class ErrorFormats
{
    private readonly List<(PathString Path, ErrorFormat Format)> _formats = [];

    /// <param name="paths">These paths and everything below them, in either case, as routing compares them.</param>
    public void Add(ErrorFormat format, params ReadOnlySpan<PathString> paths)
    {
        foreach (var path in paths)
            _formats.Add((path, format));
    }

    public ErrorFormat ForPath(PathString path) =>
        _formats.Find(entry => path.StartsWithSegments(entry.Path, StringComparison.OrdinalIgnoreCase)).Format
            ?? ErrorFormat.Envelope;
}
