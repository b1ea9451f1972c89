using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TryOn.Core.Errors;
using TryOn.Grains;

namespace TryOn.Silo.Tests;

public sealed class MessageCodecTests
{
    [Fact]
    public void CommitFailed_Sent_ArrivesAsItselfWithItsCause()
    {
        var sent = new CommitFailedException(new JsonException("cut off"));
        var arrived = Assert.IsType<CommitFailedException>(Travel(sent));
        Assert.Equal("cut off", Assert.IsType<JsonException>(arrived.InnerException).Message);
    }

    [Fact]
    public void Exception_OfAnyLibrary_ArrivesAsItself() =>
        Assert.IsType<Npgsql.NpgsqlException>(Travel(new Npgsql.NpgsqlException("no connection")));

    private static Exception Travel(Exception exception)
    {
        using var services = new ServiceCollection().AddMessageCodec().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<Exception>(serializer.SerializeToArray(exception))!;
    }
}
