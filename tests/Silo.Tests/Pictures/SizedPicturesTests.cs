using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;
using TryOn.Silo.Pictures;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo.Tests.Pictures;

public sealed class SizedPicturesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tryon-").FullName;
    private readonly SqliteDatabase _database;
    private readonly FolderPictures _large;
    private readonly SizedPictures _sut;

    public SizedPicturesTests()
    {
        _database = new SqliteDatabase(
            Path.Combine(_root, "tryon.db"), TimeSpan.FromMinutes(1), NullLogger<SqliteDatabase>.Instance);
        _large = new FolderPictures(Directory.CreateDirectory(Path.Combine(_root, "pictures")).FullName);
        _sut = new SizedPictures(new DatabasePictures(_database, TimeProvider.System), _large);
    }

    public void Dispose()
    {
        _database.Dispose();
        Directory.Delete(_root, recursive: true);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(SizedPictures.SmallBytesMax, false)]
    [InlineData(SizedPictures.SmallBytesMax + 1, true)]
    public async Task Picture_OfEitherSize_IsReadListedAndDeleted(int bytes, bool file)
    {
        var id = new PictureId("job_1", "out-1-0.png");
        await _sut.Save(id, Content(bytes, 7), CancellationToken.None);

        Assert.Equal(Content(bytes, 7), await _sut.Read(id, CancellationToken.None));
        Assert.Equal(file, await _large.Read(id, CancellationToken.None) is not null);
        Assert.Equal([id], (await List()).Select(picture => picture.Id));
        await _sut.Delete(id, CancellationToken.None);
        await _sut.Delete(id, CancellationToken.None);

        Assert.Null(await _sut.Read(id, CancellationToken.None));
        Assert.Empty(await List());
    }

    [Theory]
    [InlineData(10, SizedPictures.SmallBytesMax + 1)]
    [InlineData(SizedPictures.SmallBytesMax + 1, 10)]
    public async Task Picture_SavedAgainInAnotherSize_IsTheNewOne(int before, int after)
    {
        var id = new PictureId("job_1", "out-1-0.png");
        await _sut.Save(id, Content(before, 1), CancellationToken.None);
        await _sut.Save(id, Content(after, 2), CancellationToken.None);

        Assert.Equal(Content(after, 2), await _sut.Read(id, CancellationToken.None));
        await _sut.Delete(id, CancellationToken.None);
        Assert.Null(await _sut.Read(id, CancellationToken.None));
    }

    /// <summary>More pictures than are read from the database at a time.</summary>
    [Fact]
    public async Task Pictures_VeryMany_AreAllListedOnce()
    {
        var ids = Enumerable.Range(0, 2500).Select(number => new PictureId($"job_{number / 3}", $"in-{number % 3}.png"))
            .ToList();
        await Task.WhenAll(ids.Select(id => _sut.Save(id, Content(3, 1), CancellationToken.None)));

        Assert.Equal(
            ids.Select(id => id.ToString()).Order(), (await List()).Select(picture => picture.Id.ToString()).Order());
    }

    private static byte[] Content(int bytes, byte value) => [.. Enumerable.Repeat(value, bytes)];

    private async Task<List<StoredPicture>> List()
    {
        var listed = new List<StoredPicture>();
        await foreach (var picture in _sut.List(CancellationToken.None))
            listed.Add(picture);
        return listed;
    }
}
