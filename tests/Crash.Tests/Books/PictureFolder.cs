namespace TryOn.Crash.Tests.Books;

/// <summary>The pictures as they lie on the disk: a folder a job.</summary>
internal sealed class PictureFolder(string folder)
{
    private readonly DirectoryInfo _root = new(folder);

    /// <summary>As <c>job/name</c>. The gateway may be deleting meanwhile.</summary>
    public HashSet<string> Files()
    {
        var files = new HashSet<string>(StringComparer.Ordinal);
        foreach (var job in _root.Exists ? _root.GetDirectories() : [])
        {
            try
            {
                files.UnionWith(job.GetFiles().Select(file => $"{job.Name}/{file.Name}"));
            }
            catch (DirectoryNotFoundException)
            {
                // Just deleted.
            }
        }

        return files;
    }
}
