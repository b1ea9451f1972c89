using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>A database in a folder of its own, which can be closed and opened again.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly TimeSpan _logEmptyInterval;

    /// <param name="logEmptyInterval">Never, if it is not given.</param>
    /// <param name="killed">Whose files to start with, as they are on the disk now.</param>
    public TemporaryDatabase(TimeSpan? logEmptyInterval = null, TemporaryDatabase? killed = null)
    {
        foreach (var file in killed is null ? [] : Directory.GetFiles(killed.Folder, "test.db*"))
            File.WriteAllBytes(System.IO.Path.Combine(Folder, System.IO.Path.GetFileName(file)), ReadShared(file));
        _logEmptyInterval = logEmptyInterval ?? TimeSpan.FromHours(1);
        Database = Open();
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("tryon-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "test.db");

    public SqliteDatabase Database { get; private set; }

    public void Reopen()
    {
        Database.Dispose();
        Database = Open();
    }

    public bool AnyFileContains(string text) => Directory.GetFiles(Folder).Any(file =>
        ReadShared(file).AsSpan().IndexOf(System.Text.Encoding.UTF8.GetBytes(text)) >= 0);

    /// <summary>Keeps the database's thread busy, so that what is queued meanwhile becomes one batch.</summary>
    public Action Block()
    {
        using var entered = new SemaphoreSlim(0);
        var released = new SemaphoreSlim(0);
        _ = Database.Read(_ =>
        {
            entered.Release();
            return released.Wait(TimeSpan.FromSeconds(30));
        });
        Assert.True(entered.Wait(TimeSpan.FromSeconds(30)), "The database's thread has not taken the work.");
        return () => released.Release();
    }

    public void Dispose()
    {
        Database.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private SqliteDatabase Open() => new(Path, _logEmptyInterval, NullLogger<SqliteDatabase>.Instance);

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
