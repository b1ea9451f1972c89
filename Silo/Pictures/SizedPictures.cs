using System.Runtime.CompilerServices;
using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;

namespace TryOn.Silo.Pictures;

/// <summary>
/// Stores small pictures in the database and large ones in files. For a small file, creating, flushing and deleting
/// cost more than its bytes; a large row is written twice, to the log and to the database
/// (https://sqlite.org/intern-v-extern-blob.html).
/// </summary>
internal sealed class SizedPictures(DatabasePictures small, FolderPictures large) : IPictureStore
{
    /// <summary>
    /// The largest picture stored in the database, in bytes. `make bench` measures both sides of this limit.
    /// </summary>
    public const int SmallBytesMax = 64 * 1024;

    public async Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (content.Length <= SmallBytesMax)
        {
            await small.Save(id, content, cancellation);
            return;
        }

        await large.Save(id, content, cancellation);
        // A small picture of the same name would be read instead.
        if (await small.Read(id, cancellation) is not null)
            await small.TryDelete(id);
    }

    public async Task<byte[]?> Read(PictureId id, CancellationToken cancellation) =>
        await small.Read(id, cancellation) ?? await large.Read(id, cancellation);

    public async Task Delete(PictureId id, CancellationToken cancellation)
    {
        await small.TryDelete(id);
        await large.Delete(id, cancellation);
    }

    public async IAsyncEnumerable<StoredPicture> List([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var picture in small.List(cancellation))
            yield return picture;
        await foreach (var picture in large.List(cancellation))
            yield return picture;
    }
}
