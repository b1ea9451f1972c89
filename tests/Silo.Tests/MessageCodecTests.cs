using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Limits;
using TryOn.Grains;
using ErrorCode = TryOn.Core.Errors.ErrorCode;

namespace TryOn.Silo.Tests;

public sealed class MessageCodecTests
{
    [Fact]
    public void CommitFailed_Sent_ArrivesAsItselfWithItsCause()
    {
        var sent = new CommitFailedException(new JsonException("cut off"));
        var arrived = Assert.IsType<CommitFailedException>(Travel<Exception>(sent));
        Assert.Equal("cut off", Assert.IsType<JsonException>(arrived.InnerException).Message);
    }

    [Fact]
    public void Exception_OfAnyLibrary_ArrivesAsItself() =>
        Assert.IsType<Npgsql.NpgsqlException>(Travel<Exception>(new Npgsql.NpgsqlException("no connection")));

    [Fact]
    public void Refusal_Sent_KeepsTheRateAndTheProviderFailures()
    {
        var full = new Error(ErrorCode.RateLimited, "too many", RetryAfter: TimeSpan.FromSeconds(2.5))
        {
            Rate = new RateFigures(20, 0, TimeSpan.FromSeconds(59.5)),
            Failure = new ProviderFailure(
                "fal", ErrorCode.Timeout, new ProviderFailure("kling", ErrorCode.ProviderFailed)),
        };
        Assert.Equal(full, Travel(new Result<AdmittedKey>(Value: null, full)).Error);
    }

    private static T Travel<T>(T sent)
    {
        using var services = new ServiceCollection().AddMessageCodec().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        return serializer.Deserialize<T>(serializer.SerializeToArray(sent))!;
    }
}
