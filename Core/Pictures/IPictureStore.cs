namespace TryOn.Core.Pictures;

/// <summary>Where pictures lie: a folder, or an object store. Never in a job's or an account's own record.</summary>
public interface IPictureStore
{
    /// <summary>Returns once the picture would survive a crash. Saving the same name again replaces it whole.</summary>
    Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Null when there is no such picture.</summary>
    Task<byte[]?> Read(PictureId id, CancellationToken cancellation);

    /// <summary>Deleting what is not there is no error.</summary>
    Task Delete(PictureId id, CancellationToken cancellation);

    IAsyncEnumerable<StoredPicture> List(CancellationToken cancellation);
}

public sealed record StoredPicture(PictureId Id, DateTimeOffset SavedAt);
