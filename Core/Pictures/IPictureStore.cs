namespace TryOn.Core.Pictures;

/// <summary>Stores pictures in a folder or an object store, never in the record of a job or an account.</summary>
public interface IPictureStore
{
    /// <summary>Returns once the picture is durable. Saving the same name again replaces the picture.</summary>
    Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation);

    /// <summary>Null if there is no such picture.</summary>
    Task<byte[]?> Read(PictureId id, CancellationToken cancellation);

    /// <summary>Deleting a picture that does not exist is not an error.</summary>
    Task Delete(PictureId id, CancellationToken cancellation);

    IAsyncEnumerable<StoredPicture> List(CancellationToken cancellation);
}

public sealed record StoredPicture(PictureId Id, DateTimeOffset SavedAt);
