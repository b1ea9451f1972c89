using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Grains.Storage;

namespace TryOn.Api.Tests.Restarts;

/// <summary>The stored records of a request.</summary>
public sealed class StoredJobTests
{
    /// <summary>Without it a job would capture any reservation under its id, even that of a late repeat.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Job_OnceStarted_StoresItsReservation(int pictures)
    {
        await using var run = await GatewayRun.Start();
        var account = await run.Open();
        Assert.Equal(200, (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini).With(
            $$"""{"n": {{pictures}}}""")))).Status);
        await account.WaitUntilSettled();
        var books = await Read<AccountState>(run, "account", account.Id);
        var reserved = books.Tail.Where(entry => entry.Kind == EntryKind.Reserve).ToList();
        Assert.Equal(pictures, reserved.Count);
        foreach (var entry in reserved)
            Assert.Equal(entry.At, (await Read<JobState>(run, "job", entry.JobId!)).Spec!.ReservedAt);
    }

    private static async Task<T> Read<T>(GatewayRun run, string kind, string key)
        where T : new()
    {
        var stored = new GrainState<T>(new T());
        var storage = run.Services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);
        await storage.ReadStateAsync(kind, GrainId.Create(kind, key), stored);
        return stored.State!;
    }
}
