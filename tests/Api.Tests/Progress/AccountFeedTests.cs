using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Core.Jobs;
using TryOn.Engine.Jobs;

namespace TryOn.Api.Tests.Progress;

/// <summary>The stream of all jobs of an account.</summary>
[Collection(Live.Name)]
public sealed class AccountFeedTests(LiveGateway gateway)
{
    [Fact]
    public async Task Feed_OfAnAccount_IsASnapshotThenEveryChange()
    {
        var (account, other) = (await gateway.Run.Open(mode: "live"), await gateway.Run.Open(mode: "live"));
        var old = await Begin(account);
        await account.WaitUntilEnded(old);
        await using var feed = await FeedWatcher.Open(gateway.Run, account.Key);
        var snapshot = await feed.Next("snapshot");
        Assert.False(snapshot.GetProperty("gap").GetBoolean());
        Assert.Equal($"{old} succeeded", Told(Assert.Single(snapshot.List("jobs"))));
        await Begin(other);
        var id = await Begin(account);
        var told = new List<JsonElement>();
        while (told.LastOrDefault() is not { ValueKind: JsonValueKind.Object } last
            || last.Text("status") != "succeeded")
            told.Add((await feed.Next("job")).GetProperty("job"));
        Assert.All(told, job => Assert.Equal(id, job.Text("id")));
        Assert.Equal(told.Select(job => job.Number("seq")).Distinct().Order(), told.Select(job => job.Number("seq")));
        Assert.Equal(
            (await Watcher.Events(gateway.Run, account.Key, id).ToListAsync())[^1].Seq, told[^1].Number("seq"));
    }

    [Fact]
    public async Task Feed_WhoseNewsIsLost_TellsOfEveryEnd()
    {
        await using var run = await GatewayRun.Start(services: services => services.AddSingleton<IJobFeed, LostNews>());
        var account = await run.Open();
        await using var feed = await FeedWatcher.Open(run, account.Key);
        await feed.Next("snapshot");
        string[] ids = [await Begin(account), await Begin(account)];
        string[] told = [
            Told((await feed.Next("job")).GetProperty("job")), Told((await feed.Next("job")).GetProperty("job"))];
        Assert.Equal(ids.Select(id => $"{id} succeeded").Order(), told.Order());
    }

    [Fact]
    public async Task Feed_TakenUpAgain_SaysWhetherSomethingIsMissing()
    {
        var account = await gateway.Run.Open(mode: "live");
        for (var grant = 0; grant < 205; grant++)
        {
            await gateway.Run.Admin(
                HttpMethod.Post, $"accounts/{account.Id}/credits",
                new { amount = 1, operation_id = $"grant {grant}", reason = "" });
        }

        await using var fresh = await FeedWatcher.Open(gateway.Run, account.Key);
        Assert.False((await fresh.Next("snapshot")).GetProperty("gap").GetBoolean());
        await using var near = await FeedWatcher.Open(gateway.Run, account.Key, after: fresh.LastId);
        Assert.False((await near.Next("snapshot")).GetProperty("gap").GetBoolean());
        await using var far = await FeedWatcher.Open(gateway.Run, account.Key, after: 3);
        Assert.True((await far.Next("snapshot")).GetProperty("gap").GetBoolean());
    }

    /// <summary>A client resumes after the last id it saw, so the id must advance with the jobs.</summary>
    [Fact]
    public async Task Feed_OfABusyAccount_MovesItsId()
    {
        var account = await gateway.Run.Open(mode: "live");
        await using var feed = await FeedWatcher.Open(gateway.Run, account.Key);
        await feed.Next("snapshot");
        var before = feed.LastId;
        await account.WaitUntilEnded(await Begin(account));
        await account.WaitUntilSettled();
        await feed.Until(() => feed.LastId >= before + 2);
    }

    private static async Task<string> Begin(TestAccount account) =>
        (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");

    private static string Told(JsonElement job) => $"{job.Text("id")} {job.Text("status")}";

    private sealed class LostNews : IJobFeed
    {
        private readonly LocalFeed _silent = new();

        public void Publish(JobView job)
        {
        }

        public IJobSubscription Subscribe(string jobId) => _silent.Subscribe(jobId);

        public IJobSubscription SubscribeAccount(string accountId) => _silent.SubscribeAccount(accountId);
    }
}
