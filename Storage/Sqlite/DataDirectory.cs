using System.Security.Cryptography;
using Orleans.Runtime;

namespace TryOn.Storage.Sqlite;

/// <summary>
/// The folder that holds all durable data. Only one process uses it at a time, and holds a lock while it runs.
/// </summary>
public sealed class DataDirectory : IDisposable
{
    private const int SecretLength = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;
    private readonly byte[] _secret;

    /// <exception cref="OrleansConfigurationException">
    /// The folder cannot be written, another process uses it, or its secret is damaged.
    /// </exception>
    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        _lock = CreateAndLock();
        try
        {
            _secret = ReadOrCreateSecret(Path.Combine(Root, "secret.key"));
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>The path of the SQLite database.</summary>
    public string Database => Path.Combine(Root, "tryon.db");

    /// <summary>The path of a folder for files that are too large for the database. The folder exists.</summary>
    public string Pictures => Path.Combine(Root, "pictures");

    /// <summary>
    /// At least 32 random bytes, the same for the lifetime of the folder. Each call returns a new copy.
    /// </summary>
    public byte[] Secret => [.. _secret];

    /// <summary>Releases the lock, so that another process can use the folder.</summary>
    public void Dispose() => _lock.Dispose();

    private FileStream CreateAndLock()
    {
        try
        {
            // Other users of the machine must not read the folder.
            if (OperatingSystem.IsWindows())
                Directory.CreateDirectory(Root);
            else
                Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.UserExecute);
            Directory.CreateDirectory(Pictures);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(failure);
        }

        try
        {
            return new FileStream(
                Path.Combine(Root, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException failure)
        {
            throw CannotWrite(failure);
        }
        catch (IOException held)
        {
            throw new OrleansConfigurationException(
                $"Another process uses the data directory {Root}. Stop it, or set DataDirectory to another folder.",
                held);
        }
    }

    private OrleansConfigurationException CannotWrite(Exception failure) => new(
        $"The data directory {Root} cannot be written. Allow this user to write there, or set DataDirectory to another "
        + $"folder. ({failure.Message})",
        failure);

    /// <summary>
    /// A first start that was killed while writing the secret left a short file. The secret was never used then,
    /// because there is no database yet. Once there is a database, a short or missing secret means damage and must stop
    /// the start.
    /// </summary>
    private byte[] ReadOrCreateSecret(string path)
    {
        var known = File.Exists(path) ? File.ReadAllBytes(path) : [];
        if (known.Length >= SecretLength)
            return known;
        if (File.Exists(Database))
            throw new OrleansConfigurationException(
                $"{path} holds {known.Length} bytes, but {SecretLength} are needed to use the database beside it. "
                + "Restore the file from a backup, or set DataDirectory to another folder.");
        File.Delete(path);
        var secret = RandomNumberGenerator.GetBytes(SecretLength);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(secret);
        file.Flush(flushToDisk: true);
        return secret;
    }
}
