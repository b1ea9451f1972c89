using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;
using TryOn.Core.Pictures;

namespace TryOn.Engine.Pictures;

/// <summary>Stores pictures as files, in one folder per job.</summary>
public sealed partial class FolderPictures(string root) : IPictureStore
{
    public async Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var file = Open(PathOf(id));
        // Written under the final name: no reader knows the name before this returns, and flushing a new file makes its
        // directory entry durable too, where a rename would need a flush of the folder. Overwritten without truncating
        // first: two requests with one idempotency key may store the same picture concurrently, and the job started by
        // the first may be reading it.
        await RandomAccess.WriteAsync(file, content, fileOffset: 0, cancellation);
        RandomAccess.SetLength(file, content.Length);
        RandomAccess.FlushToDisk(file);
    }

    public async Task<byte[]?> Read(PictureId id, CancellationToken cancellation)
    {
        try
        {
            return await File.ReadAllBytesAsync(PathOf(id), cancellation);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public Task Delete(PictureId id, CancellationToken cancellation)
    {
        var path = PathOf(id);
        if (!File.Exists(path))
            return Task.CompletedTask;
        try
        {
            File.Delete(path);
            // Checking first is cheaper than catching the exception, because the folder mostly holds other pictures of
            // the job.
            var folder = Path.GetDirectoryName(path)!;
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
        catch (IOException)
        {
            // The file or folder was deleted, or another picture of the job was stored, in the meantime.
        }

        return Task.CompletedTask;
    }

    public async IAsyncEnumerable<StoredPicture> List([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var folder in new DirectoryInfo(root).EnumerateDirectories())
        {
            await Task.Yield();
            foreach (var file in Files(folder))
            {
                cancellation.ThrowIfCancellationRequested();
                yield return new StoredPicture(
                    new PictureId(folder.Name, file.Name), new DateTimeOffset(file.LastWriteTimeUtc));
            }
        }
    }

    /// <summary>A folder may be deleted after it was listed.</summary>
    private static FileInfo[] Files(DirectoryInfo folder)
    {
        try
        {
            return folder.GetFiles();
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }

    /// <summary>
    /// Retries because an ended job's folder, deleted with its last picture, may vanish between its creation and the
    /// opening of the file.
    /// </summary>
    private static SafeFileHandle Open(string path)
    {
        while (true)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            try
            {
                return File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write);
            }
            catch (DirectoryNotFoundException)
            {
                continue;
            }
        }
    }

    private string PathOf(PictureId id) => SafeName().IsMatch(id.JobId) && SafeName().IsMatch(id.Name)
        ? Path.Combine(root, id.JobId, id.Name)
        : throw new ArgumentException("A picture's name may hold letters, digits, '-', '_' and one '.'.", nameof(id));

    [GeneratedRegex(
        @"\A[A-Za-z0-9_-]{1,80}(\.[a-z0-9]{1,8})?\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SafeName();
}
