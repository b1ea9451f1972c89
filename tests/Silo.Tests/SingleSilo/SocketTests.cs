using System.Net;
using TryOn.Core.Images;

namespace TryOn.Silo.Tests.SingleSilo;

[Collection("real processes")]
public sealed class SocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>No port of Orleans is open, and the sandbox listens on loopback only.</summary>
    [LinuxFact]
    public async Task Process_Started_ListensOnItsHttpPortAndItsSandbox()
    {
        using var process = new SingleProcess(Path.Combine(_folder, "data"));
        await process.WaitUntilReady();
        await process.MakePicture();

        var sockets = ListeningSockets.ForProcess(process.Id);

        Assert.Equal(2, sockets.Count);
        Assert.All(sockets, socket => Assert.True(IPAddress.IsLoopback(socket.Address), $"{socket}"));
        Assert.Contains(process.Address.Port, sockets.Select(socket => socket.Port));
        var sandbox = sockets.Single(socket => socket.Port != process.Address.Port);
        using var answer = await process.Client.GetAsync(new Uri($"http://{sandbox}/sandbox/tally"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    /// <summary>Both processes name their silo by the same endpoint, which neither opens.</summary>
    [Fact]
    public async Task Processes_OnOneMachine_FormNoCluster()
    {
        using var one = new SingleProcess(Path.Combine(_folder, "one"));
        using var other = new SingleProcess(Path.Combine(_folder, "other"));
        await Task.WhenAll(one.WaitUntilReady(), other.WaitUntilReady());

        var pictures = await Task.WhenAll(one.MakePicture(), other.MakePicture());

        Assert.All(pictures, picture => Assert.NotEqual(ImageKind.None, ImageKinds.Recognize(picture)));
    }
}
