using TryOn.Core.Jobs;
using Xunit.Abstractions;

namespace TryOn.Api.Tests.Progress;

/// <summary>
/// Whatever the history of a job and wherever its streams are cut, a watcher receives the uncut sequence: every step
/// once, with rising numbers, and the end last. Progress messages and pings have no number of their own and do not
/// count. <c>TRYON_RESUMES=500 dotnet test tests/Api.Tests --filter Resume</c> tries more histories.
/// </summary>
public sealed class ResumeTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int FirstSeed = 20_260_301;
    private const int StatusesMax = 32;

    private static readonly int Histories =
        int.TryParse(Environment.GetEnvironmentVariable("TRYON_RESUMES"), out var number) ? number : 12;

    private static readonly JobStatus[] Running =
        [JobStatus.Accepted, JobStatus.Submitting, JobStatus.Waiting, JobStatus.Storing];

    private static readonly JobStatus[] Ends = [JobStatus.Succeeded, JobStatus.Failed, JobStatus.Canceled];

    private ScriptedGateway _gateway = null!;

    private GatewayRun Run => _gateway.Run;

    public async Task InitializeAsync() => _gateway = await ScriptedGateway.Start();

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    [Fact]
    public async Task Streams_CutAnywhereWhileTheJobRuns_AreAsUncut()
    {
        var account = await Run.Open(limits: new { status_requests_per_minute = 1_000_000 });
        var seed = FirstSeed;
        for (var round = 0; round < Histories; round++, seed++)
        {
            output.WriteLine($"seed {seed}");
            var random = new Random(seed);
            var job = Begin(account, seed, random);
            var live = Uncut(account, job.Id, 0);
            var cut = await Cut(account, job, random);
            var uncut = await Uncut(account, job.Id, 0);
            Assert.Equal(uncut, await live);
            // A stream opened without a sequence number begins with a snapshot, followed by every later step.
            var first = uncut.TakeWhile(one => one.Seq <= cut[0].Seq).Count();
            Assert.Equal(uncut.Skip(first), cut.Skip(1));
            Assert.Equal("snapshot", cut[0].Type);
            Assert.Equal(uncut.Select(one => one.Seq).Distinct().Order(), uncut.Select(one => one.Seq));
        }
    }

    [Fact]
    public async Task Streams_CutAtEveryBoundary_ContinueAsUncut()
    {
        var account = await Run.Open(limits: new { status_requests_per_minute = 1_000_000 });
        var seed = FirstSeed;
        for (var round = 0; round < Histories; round++, seed++)
        {
            output.WriteLine($"seed {seed}");
            var job = Begin(account, seed, new Random(seed));
            job.Advance(StatusesMax);
            var uncut = await Uncut(account, job.Id, 0);
            for (var cut = 1; cut < uncut.Count; cut++)
            {
                Assert.Equal(uncut.Skip(cut), await Uncut(account, job.Id, uncut[cut - 1].Seq));
                using var socket = await Connect(account, job.Id, uncut[cut - 1].Seq);
                Assert.Equal(uncut.Skip(cut), await Watcher.Messages(socket).Select(Step.FromHeard).ToListAsync());
            }
        }
    }

    /// <summary>Watches a job over connections that all break, some before their first message.</summary>
    private async Task<List<Step>> Cut(TestAccount account, ScriptedJob job, Random random)
    {
        var told = new List<Step>();
        var known = random.Next(2) == 0 ? 0 : (long?)null;
        while (told.Count == 0 || !told[^1].Ends)
        {
            var left = random.Next(4);
            using var socket = random.Next(2) == 0 ? await Connect(account, job.Id, known) : null;
            var messages = socket is null ? Watcher.Events(Run, account.Key, job.Id, known) : Watcher.Messages(socket);
            job.Advance(random.Next(1, 4));
            if (left > 0)
            {
                await foreach (var one in messages.Take(left))
                {
                    told.Add(Step.FromHeard(one));
                    job.Advance(random.Next(1, 3));
                }
            }

            socket?.Abort();
            known = told.Count > 0 ? told[^1].Seq : known;
        }

        return told;
    }

    private async Task<List<Step>> Uncut(TestAccount account, string id, long after) =>
        await Watcher.Events(Run, account.Key, id, after).Select(Step.FromHeard).ToListAsync();

    private Task<System.Net.WebSockets.ClientWebSocket> Connect(TestAccount account, string id, long? after) =>
        Watcher.Connect(Run, id, after is null ? "" : $"?after_seq={after}", "tryon.v1", $"tryon-key.{account.Key}");

    private ScriptedJob Begin(TestAccount account, int seed, Random random)
    {
        var history = new List<JobStatus> { JobStatus.Accepted };
        for (var count = random.Next(StatusesMax - 2); count > 0; count--)
            history.Add(Running[random.Next(Running.Length)]);
        var job = new ScriptedJob(
            $"job_{seed}", account.Id, [.. history, Ends[random.Next(Ends.Length)]], _gateway.Feed, random);
        _gateway.Directory.Add(job);
        return job;
    }

    private sealed record Step(long Seq, string Type, string Key)
    {
        public bool Ends => Type is "result" or "error";

        public static Step FromHeard(Heard one) => new(one.Seq, one.Type, one.Key);
    }
}
