using System.Text.Json;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tests.Pictures;

public sealed class FittingRoomTests
{
    [Fact]
    public void Order_SamePictures_SharesOneFitting()
    {
        var room = new FittingRoom(new SandboxOptions());
        var first = room.Order(Sent(Samples.Person), Sent(Samples.Garment));

        Assert.Same(first, room.Order(Sent(Samples.Person), Sent(Samples.Garment)));
        Assert.NotSame(first, room.Order(Sent(Samples.Garment), Sent(Samples.Person)));
    }

    [Fact]
    public void Order_OverTheBytes_ForgetsTheOldestOnly()
    {
        var (person, garment) = (Sent(Samples.Person), Sent(Samples.Garment));
        var room = new FittingRoom(new SandboxOptions { PictureBytesMax = 2 * (person.Bytes.Length + garment.Bytes.Length) });
        var first = room.Order(person, garment);
        var second = room.Order(garment, person);
        var third = room.Order(garment, garment);

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
