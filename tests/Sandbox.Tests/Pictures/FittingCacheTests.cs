using System.Text.Json;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Tests.Pictures;

public sealed class FittingCacheTests
{
    [Fact]
    public void Order_SamePictures_SharesOneFitting()
    {
        var room = new FittingCache(new SandboxOptions());
        var first = room.GetOrAdd(Sent(Samples.Person), Sent(Samples.Garment));

        Assert.Same(first, room.GetOrAdd(Sent(Samples.Person), Sent(Samples.Garment)));
        Assert.NotSame(first, room.GetOrAdd(Sent(Samples.Garment), Sent(Samples.Person)));
    }

    [Fact]
    public void Order_OverTheBytes_ForgetsTheOldestOnly()
    {
        var (person, garment) = (Sent(Samples.Person), Sent(Samples.Garment));
        var room = new FittingCache(
            new SandboxOptions { PictureBytesMax = 2 * (person.Bytes.Length + garment.Bytes.Length) });
        var first = room.GetOrAdd(person, garment);
        var second = room.GetOrAdd(garment, person);
        var third = room.GetOrAdd(garment, garment);

        Assert.Null(room.Find(first.Key));
        Assert.Same(second, room.Find(second.Key));
        Assert.Same(third, room.Find(third.Key));
    }

    private static SentPicture Sent(byte[] file)
    {
        Assert.True(SentPicture.TryRead(JsonSerializer.SerializeToElement(file), out var picture));
        return picture;
    }
}
