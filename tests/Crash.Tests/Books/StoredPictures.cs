using Microsoft.Data.Sqlite;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Crash.Tests.Books;

/// <summary>
/// The stored pictures: one folder per job, and small ones in the database of a single process.
/// </summary>
internal sealed class StoredPictures(IDeployment deployment)
{
    private readonly DirectoryInfo _root = new(deployment.PictureFolder);

    /// <summary>As <c>job/name</c>. The gateway may delete pictures at the same time.</summary>
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
        if (deployment.Database is not { } path || !File.Exists(path))
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
