using System.Security.Cryptography;
using TryOn.Core.Keys;

namespace TryOn.Embedded.Storage;

/// <summary>The folder that holds everything durable. Exactly one process uses it at a time: it holds a lock while it lives.</summary>
public sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly FileStream _lock;

    public DataDirectory(string path)
    {
        Root = Path.GetFullPath(path);
        // Photographs of people: nobody else on the machine may look in.
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(Root);
        else
            Directory.CreateDirectory(Root, OwnerOnly | UnixFileMode.UserExecute);
        Directory.CreateDirectory(Pictures);
        _lock = Lock(Path.Combine(Root, "lock"));
        Secret = new MasterSecret(ReadOrCreateSecret(Path.Combine(Root, "secret.key"), fresh: !File.Exists(Database)));
    }

    public string Root { get; }

    public string Database => Path.Combine(Root, "tryon.db");

    public string Pictures => Path.Combine(Root, "pictures");

    public MasterSecret Secret { get; }

    public void Dispose() => _lock.Dispose();

    private static FileStream Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException held)
        {
            throw new InvalidOperationException(
                $"Another process uses {Path.GetDirectoryName(path)}. Stop it, or set TryOn:DataDirectory to another folder.", held);
        }
    }

    /// <summary>
    /// A first start that died while it wrote the secret left a short one. Nothing was ever keyed with it, for there is no
    /// database yet; once there is one, a short secret is damage and must stop the start.
    /// </summary>
    private static byte[] ReadOrCreateSecret(string path, bool fresh)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is var known && (known.Length >= MasterSecret.LengthMin || !fresh))
            return known;
        File.Delete(path);
        var secret = RandomNumberGenerator.GetBytes(MasterSecret.LengthMin);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using var file = new FileStream(path, options);
        file.Write(secret);
        file.Flush(flushToDisk: true);
        return secret;
    }
}
