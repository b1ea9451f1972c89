using System.Text.Json;
using TryOn.Core.Accounts;
using TryOn.Embedded.Storage;
using TryOn.Engine;

namespace TryOn.Api.Tests.Restarts;

/// <summary>What a request leaves in the store.</summary>
public sealed class StoredJobTests
{
    /// <summary>Without it a job takes whatever is reserved under its name, a late repeat's reservation too.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Job_KnowsTheReservationItWasBegunWith(int pictures)
    {
        await using var run = await GatewayRun.Start();
        var account = await run.Open();
        Assert.Equal(200, (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini).With($$"""{"n": {{pictures}}}""")))).Status);
        await account.Settled();
        await run.Stop();
        using var store = new SqliteStore(Path.Combine(run.Root, "tryon.db"));
        var books = await Read(store, new GrainKey(GrainKind.Account, account.Id), StateJson.Account);
        var reserved = books.Tail.Where(entry => entry.Kind == EntryKind.Reserve).ToList();
        Assert.Equal(pictures, reserved.Count);
        foreach (var entry in reserved)
            Assert.Equal(entry.At, (await Read(store, new GrainKey(GrainKind.Job, entry.JobId!), StateJson.Job)).Spec!.ReservedAt);
    }

    private static async Task<T> Read<T>(SqliteStore store, GrainKey key, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize((await store.Read(key))!.State, type)!;
}
