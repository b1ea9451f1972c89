using System.Collections.Immutable;
using TryOn.Core.Jobs;
using Xunit.Abstractions;

namespace TryOn.Api.Tests.Progress;

/// <summary>
/// Streams of a request for several pictures that are opened at any time while its jobs change one after the other.
/// </summary>
public sealed class GroupResumeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int FirstSeed = 20_260_301;
    private const int Rounds = 6;

    private static readonly JobStatus[] Good =
        [JobStatus.Accepted, JobStatus.Submitting, JobStatus.Accepted, JobStatus.Submitting, JobStatus.Waiting,
            JobStatus.Succeeded];

    private static readonly JobStatus[] Refused = [JobStatus.Accepted, JobStatus.Submitting, JobStatus.Failed];

    private ScriptedGateway _gateway = null!;

    public async Task InitializeAsync() => _gateway = await ScriptedGateway.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Streams_OpenedAtEveryMoment_SendTheSameSteps()
    {
        var account = await _gateway.Run.Open(limits: new { status_requests_per_minute = 1_000_000 });
        var seed = FirstSeed;
        for (var round = 0; round < Rounds; round++, seed++)
        {
            output.WriteLine($"seed {seed}");
            var random = new Random(seed);
            var jobs = Begin(account, seed, random);
            var open = new List<(long? After, Task<List<Heard>> Heard)>();
            while (jobs.Where(job => !job.Over).ToList() is { Count: > 0 } running)
            {
                foreach (var after in (long?[])[null, 0, 1, 2])
                    open.Add((after, await Watch(account, jobs[0].Id, after, socket: random.Next(2) == 0)));
                running[random.Next(running.Count)].Advance(1);
            }

            var uncut = await await Watch(account, jobs[0].Id, after: 0, socket: false);
            Assert.Equal(["snapshot pending", "status processing", "result succeeded"], uncut.Select(Word));
            Assert.Equal("succeeded", (await account.Get($"/api/v1/tryon/{jobs[0].Id}")).Json.Text("status"));
            foreach (var (after, heard) in open)
                Same(uncut, after, await heard);
        }
    }

    [Fact]
    public async Task Stream_OfAFurtherPicture_IsItsOwn()
    {
        var account = await _gateway.Run.Open();
        var jobs = Begin(account, 1, new Random(1));
        jobs[2].Advance(9);
        var heard = await await Watch(account, jobs[2].Id, after: 0, socket: false);
        Assert.Equal(["snapshot pending", "status processing", "error failed"], heard.Select(Word));
    }

    /// <summary>
    /// A stream opened without a sequence number begins with a snapshot, followed by every later step.
    /// </summary>
    private static void Same(List<Heard> uncut, long? after, List<Heard> heard)
    {
        var from = after ?? heard[0].Seq;
        if (after is null)
            Assert.Equal("snapshot", heard[0].Type);
        Assert.Equal(
            uncut.Where(one => one.Seq > from).Select(one => one.Key),
            heard.Skip(after is null ? 1 : 0).Select(one => one.Key));
    }

    /// <summary>Returns once the stream is open, so that it sees every later change of the jobs.</summary>
    private async Task<Task<List<Heard>>> Watch(TestAccount account, string id, long? after, bool socket)
    {
        if (!socket)
            return Watcher.Events(_gateway.Run, account.Key, id, after).ToListAsync().AsTask();
        var query = after is null ? "" : $"?after_seq={after}";
        return Hear(await Watcher.Connect(_gateway.Run, id, query, "tryon.v1", $"tryon-key.{account.Key}"));
    }

    private static async Task<List<Heard>> Hear(System.Net.WebSockets.ClientWebSocket socket)
    {
        using (socket)
            return await Watcher.Messages(socket).ToListAsync();
    }

    private static string Word(Heard one) => $"{one.Type} {one.Job.Text("status")}";

    private List<ScriptedJob> Begin(TestAccount account, int seed, Random random)
    {
        ImmutableArray<string> group = [.. Enumerable.Range(0, 3).Select(place => $"job_{seed}_{place}")];
        JobStatus[][] lives = [Refused, Good, Refused];
        var jobs = lives.Select(
            (life, place) => new ScriptedJob(group[place], account.Id, life, _gateway.Feed, random, group)).ToList();
        jobs.ForEach(_gateway.Directory.Add);
        return jobs;
    }
}
