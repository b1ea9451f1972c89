using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Streams;
using TryOn.Core.Accounts;
using TryOn.Grains;

namespace TryOn.Silo.Tests;

public sealed class StorageSerializerTests
{
    /// <summary>What a restarted silo must read to know who listens to the feed.</summary>
    [Fact]
    public void Serializer_StreamSubscriptions_AreReadBack()
    {
        var sut = CreateSut();
        var id = GuidId.GetNewGuidId();
        var stream = new QualifiedStreamId("feed", StreamId.Create("jobs", 5));
        var written = sut.Serialize(new HashSet<PubSubSubscriptionState>
        {
            new(id, stream, GrainId.Create("front-end", "1")),
        });
        var read = Assert.Single(sut.Deserialize<HashSet<PubSubSubscriptionState>>(written)!);
        Assert.Equal((id, stream), (read.SubscriptionId, read.Stream));
    }

    [Fact]
    public void Serializer_OwnRecord_IsTheJsonOfEveryHost() =>
        Assert.StartsWith("{\"id\":\"a\"", Encoding.UTF8.GetString(CreateSut().Serialize(new AccountState { Id = "a" })));

    private static StorageSerializer CreateSut() => new(
        new RecordSerializer(),
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());
}
