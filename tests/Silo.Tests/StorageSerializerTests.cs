using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Serialization;
using Orleans.Streams;
using TryOn.Core.Accounts;
using TryOn.Grains.Storage;

namespace TryOn.Silo.Tests;

public sealed class StorageSerializerTests
{
    private static readonly Serializer Orleans =
        new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>();

    /// <summary>Orleans' subscription states do not survive a round trip through the gateway's JSON.</summary>
    [Fact]
    public void Serializer_StreamSubscriptions_AreWrittenByOrleans()
    {
        var subscriptions = new HashSet<PubSubSubscriptionState>
        {
            new(GuidId.GetNewGuidId(), new QualifiedStreamId("feed", StreamId.Create("jobs", 5)), GrainId.Create(
                "front-end", "1")),
        };
        Assert.Equal(Orleans.SerializeToArray(subscriptions), CreateSut().Serialize(subscriptions).ToArray());
    }

    [Fact]
    public void Serializer_OwnRecord_IsTheJsonOfEveryHost() =>
        Assert.StartsWith(
            "{\"id\":\"a\"", Encoding.UTF8.GetString(CreateSut().Serialize(new AccountState { Id = "a" })));

    private static StorageSerializer CreateSut() => new(new RecordSerializer(), Orleans);
}
