using System.Runtime.CompilerServices;
using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;

namespace TryOn.Silo.Pictures;

/// <summary>
/// Small pictures in the database and large ones in files. A small file costs more to create, flush and delete than its
/// bytes do; a large row is written twice, to the log and to the database (https://sqlite.org/intern-v-extern-blob.html).
/// </summary>
internal sealed class SizedPictures(DatabasePictures small, FolderPictures large) : IPictureStore
{
    /// <summary>The largest picture that goes into the database, in bytes. `make bench` shows both sides of it.</summary>
    public const int SmallBytesMax = 64 * 1024;

    public async Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        if (content.Length <= SmallBytesMax)
        {
            await small.Save(id, content, cancellation);
            return;
        }

        await large.Save(id, content, cancellation);
        // One of the same name would be read in its place.
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
