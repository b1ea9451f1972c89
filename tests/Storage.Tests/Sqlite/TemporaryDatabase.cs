using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>A database in its own temporary folder, which can be closed and reopened.</summary>
internal sealed class TemporaryDatabase : IDisposable
{
    private readonly TimeSpan _logEmptyInterval;

    /// <param name="logEmptyInterval">How often the log is truncated; null for never.</param>
    /// <param name="killed">The database whose current files to copy, as after a kill; null for an empty
    /// database.</param>
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

    /// <summary>
    /// Blocks the database's thread until the result is called, so that everything queued meanwhile becomes one batch.
    /// </summary>
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
