using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using TryOn.Core.Pictures;
using TryOn.Silo.Pictures;

namespace TryOn.Silo.Tests.Pictures;

public sealed class S3PicturesTests : IAsyncLifetime
{
    private static readonly PictureId Result = new("job_1", "out-1-0.png");

    private S3StandIn _store = null!;

    public async Task InitializeAsync() => _store = await S3StandIn.Start();

    public async Task DisposeAsync() => await _store.DisposeAsync();

    [Fact]
    public async Task Picture_Saved_IsReadAndDeleted()
    {
        using var pictures = CreateSut();
        await pictures.Save(Result, new byte[] { 1, 2, 3 }, CancellationToken.None);
        await pictures.Save(Result, new byte[] { 4, 0, 255 }, CancellationToken.None);

        Assert.Equal([4, 0, 255], await pictures.Read(Result, CancellationToken.None));
        Assert.Equal(["tryon/job_1/out-1-0.png"], _store.Objects.Keys);
        await pictures.Delete(Result, CancellationToken.None);
        await pictures.Delete(Result, CancellationToken.None);

        Assert.Null(await pictures.Read(Result, CancellationToken.None));
    }

    [Fact]
    public async Task Picture_OfManyBytes_ArrivesUnframed()
    {
        using var pictures = CreateSut();
        var content = new byte[300_000];
        new Random(7).NextBytes(content);

        await pictures.Save(Result, content.AsMemory(), CancellationToken.None);

        Assert.Equal(content, _store.Objects.Single().Value.Content);
        Assert.Equal(content, await pictures.Read(Result, CancellationToken.None));
    }

    [Fact]
    public async Task List_OverPages_NamesEveryPictureAndItsTime()
    {
        using var pictures = CreateSut();
        PictureId[] saved = [new("job_1", "in-0.jpg"), Result, new("job_2", "out-1-0.webp")];
        foreach (var id in saved)
        {
            await pictures.Save(id, new byte[] { 1 }, CancellationToken.None);
            _store.Now += TimeSpan.FromMinutes(1);
        }

        var listed = await List(pictures);

        Assert.Equal(saved, listed.Select(picture => picture.Id));
        Assert.Equal([-3, -2, -1], listed.Select(picture => (picture.SavedAt - _store.Now).TotalMinutes));
    }

    [Fact]
    public async Task List_ForeignObjects_AreNoPictures()
    {
        using var pictures = CreateSut();
        foreach (var key in (
            string[])["report.csv", "other/job_1/a.png", "tryon/readme", "tryon/job_1/deep/a.png", "tryon/job_1/"])
            _store.Objects[key] = ([1], _store.Now);

        Assert.Empty(await List(pictures));
    }

    [Theory]
    [InlineData("..", "a.png")]
    [InlineData("job", "../a.png")]
    [InlineData("job/x", "a.png")]
    [InlineData("job", "a.png\n")]
    [InlineData("", "a.png")]
    [InlineData("job", "a.b.png")]
    public async Task Name_ThatIsNotAPlainFileName_IsRefused(string job, string name)
    {
        using var pictures = CreateSut();
        await Assert.ThrowsAsync<ArgumentException>(
            () => pictures.Read(new PictureId(job, name), CancellationToken.None));
        Assert.Equal(0, _store.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden)]
    [InlineData(HttpStatusCode.InternalServerError)]
    public async Task Store_ThatFails_IsNotAMissingPicture(HttpStatusCode failure)
    {
        using var pictures = CreateSut();
        _store.Failure = failure;

        await Assert.ThrowsAsync<IOException>(() => pictures.Read(Result, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(() => pictures.Save(Result, new byte[] { 1 }, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(() => pictures.Delete(Result, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(() => List(pictures));
    }

    [Fact]
    public async Task Bucket_ThatIsMissing_IsNotAMissingPicture()
    {
        using var pictures = CreateSut("another");
        await Assert.ThrowsAsync<IOException>(() => pictures.Read(Result, CancellationToken.None));
    }

    [Fact]
    public async Task Store_ThatIsUnreachable_Throws()
    {
        using var pictures = CreateSut();
        await _store.DisposeAsync();
        await Assert.ThrowsAsync<IOException>(() => pictures.Read(Result, CancellationToken.None));
    }

    [Fact]
    public async Task Cancellation_ByCaller_StaysCancellation()
    {
        using var pictures = CreateSut();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pictures.Read(Result, cancelled.Token));
    }

    private S3Pictures CreateSut(string bucket = S3StandIn.Bucket)
    {
        var options =
            new S3Options { Bucket = bucket, ServiceUrl = _store.Address, ForcePathStyle = true, Prefix = "tryon/" };
        var config = S3Pictures.ConfigOf(options);
        // Without retries, between which the SDK would wait in real time.
        config.MaxErrorRetry = 0;
        return new S3Pictures(new AmazonS3Client(new BasicAWSCredentials("id", "secret"), config), options);
    }

    private static async Task<List<StoredPicture>> List(S3Pictures pictures)
    {
        var listed = new List<StoredPicture>();
        await foreach (var picture in pictures.List(CancellationToken.None))
            listed.Add(picture);
        return listed;
    }
}
