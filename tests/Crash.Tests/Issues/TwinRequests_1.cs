using TryOn.Core.Pictures;
using TryOn.Engine.Pictures;

namespace TryOn.Crash.Tests.Issues;

/// <summary>
/// Two simultaneous requests with one idempotency key stored the same picture twice. The second truncated the file
/// while the job of the first was sending it, and the upstream received an incomplete picture.
/// </summary>
public sealed class TwinRequests_1 : IDisposable
{
    private const int Times = 200;

    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-crash-").FullName;

    [Fact]
    public async Task Picture_StoredAgainWhileRead_StaysComplete()
    {
        var store = new FolderPictures(_folder);
        var id = new PictureId("job_twin", "in-person-0.png");
        var content = new byte[256 * 1024];
        new Random(1).NextBytes(content);
        await store.Save(id, content, CancellationToken.None);

        var saving = Task.Run(async () =>
        {
            for (var i = 0; i < Times; i++)
                await store.Save(id, content, CancellationToken.None);
        });
        while (!saving.IsCompleted)
            Assert.Equal(content, await store.Read(id, CancellationToken.None));
        await saving;
    }

    [Fact]
    public async Task Picture_ShorterThanTheStoredOne_ReplacesItWhole()
    {
        var store = new FolderPictures(_folder);
        var id = new PictureId("job_twin", "out-1-0.png");
        await store.Save(id, new byte[1000], CancellationToken.None);
        await store.Save(id, new byte[10], CancellationToken.None);
        Assert.Equal(10, (await store.Read(id, CancellationToken.None))!.Length);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
