using Microsoft.Data.Sqlite;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Crash.Tests.Books;

/// <summary>The pictures as they lie on the disk: a folder a job, and small ones in the database of a single process.</summary>
internal sealed class StoredPictures(ISite site)
{
    private readonly DirectoryInfo _root = new(site.PictureFolder);

    /// <summary>As <c>job/name</c>. The gateway may be deleting meanwhile.</summary>
    public HashSet<string> Names()
    {
        var names = new HashSet<string>(InDatabase(), StringComparer.Ordinal);
        foreach (var job in _root.Exists ? _root.GetDirectories() : [])
        {
            try
            {
                names.UnionWith(job.GetFiles().Select(file => $"{job.Name}/{file.Name}"));
            }
            catch (DirectoryNotFoundException)
            {
                // Just deleted.
            }
        }

        return names;
    }

    private List<string> InDatabase()
    {
        var names = new List<string>();
        if (site.Database is not { } path || !File.Exists(path))
            return names;
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT job || '/' || name FROM pictures";
        using var row = command.ExecuteReader();
        while (row.Read())
            names.Add(row.GetString(0));
        return names;
    }
}
