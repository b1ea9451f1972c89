namespace TryOn.Crash.Tests.Books;

/// <summary>The pictures as they lie in the data directory: a folder a job.</summary>
internal sealed class PictureFolder(string dataDirectory)
{
    private readonly DirectoryInfo _root = new(Path.Combine(dataDirectory, "pictures"));

    /// <summary>As <c>job/name</c>. The gateway may be deleting meanwhile.</summary>
    public HashSet<string> Files()
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in _root.Exists ? _root.GetDirectories() : [])
        {
            try
            {
                files.UnionWith(folder.GetFiles().Select(file => $"{folder.Name}/{file.Name}"));
            }
            catch (DirectoryNotFoundException)
            {
                // Just deleted.
            }
        }

        return files;
    }
}
