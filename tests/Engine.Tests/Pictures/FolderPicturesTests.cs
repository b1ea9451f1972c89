using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;

namespace TryOn.Engine.Tests.Pictures;

public sealed class FolderPicturesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("tryon-").FullName;
    private readonly FolderPictures _pictures;

    public FolderPicturesTests() => _pictures = new FolderPictures(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task Picture_Saved_IsReadListedAndDeleted()
    {
        var id = new PictureId("job_1", "out-1-0.png");
        await _pictures.Save(id, new byte[] { 1, 2, 3 }, CancellationToken.None);
        await _pictures.Save(id, new byte[] { 4 }, CancellationToken.None);

        Assert.Equal([4], await _pictures.Read(id, CancellationToken.None));
        Assert.Equal([id], await List());
        await _pictures.Delete(id, CancellationToken.None);
        await _pictures.Delete(id, CancellationToken.None);

        Assert.Null(await _pictures.Read(id, CancellationToken.None));
        Assert.Empty(await List());
        Assert.Empty(Directory.GetDirectories(_root));
    }

    [Fact]
    public async Task Saving_WhileTheFolderIsDeleted_Succeeds()
    {
        var kept = new PictureId("job_1", "a.png");
        var gone = new PictureId("job_1", "b.png");
        using var stop = new CancellationTokenSource();
        var deleting = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await _pictures.Delete(gone, CancellationToken.None);
        });
        for (var i = 0; i < 500; i++)
        {
            await _pictures.Save(kept, new byte[] { 1 }, CancellationToken.None);
            await _pictures.Delete(kept, CancellationToken.None);
        }

        await stop.CancelAsync();
        await deleting;
    }

    [Theory]
    [InlineData("..", "a.png")]
    [InlineData("job", "../a.png")]
    [InlineData("job", "..")]
    [InlineData("job/x", "a.png")]
    [InlineData("job", "a.png\n")]
    [InlineData("", "a.png")]
    [InlineData("job", "a.b.png")]
    public async Task Name_ThatIsNotAPlainFileName_IsRefused(string job, string name) =>
        await Assert.ThrowsAsync<ArgumentException>(
            () => _pictures.Read(new PictureId(job, name), CancellationToken.None));

    private async Task<List<PictureId>> List()
    {
        var ids = new List<PictureId>();
        await foreach (var stored in _pictures.List(CancellationToken.None))
            ids.Add(stored.Id);
        return ids;
    }
}
