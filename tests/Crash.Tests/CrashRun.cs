using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using TryOn.Crash.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>
/// One run: the processes under test, their clients, and the position to report when a wait times out.
/// </summary>
internal abstract class CrashRun : IDisposable
{
    /// <summary>
    /// How long a process may take to start on a machine that runs every other test at the same time: long enough that
    /// only a process that hangs exceeds it. The run prints how long starts took.
    /// </summary>
    protected static readonly TimeSpan StartMax = TimeSpan.FromMinutes(2);

    /// <summary>An orphan age of 30 seconds, a sweep interval of a second, and time for a busy machine.</summary>
    public static readonly TimeSpan SweepMax = TimeSpan.FromSeconds(60);

    /// <summary>
    /// An account reconciles every 30 seconds the reservations that are 30 seconds old: after 60 seconds at worst. The
    /// rest is for a busy machine.
    /// </summary>
    protected virtual TimeSpan SettleMax => TimeSpan.FromSeconds(90);

    private const int RoundsDefault = 5;
    private const int FindingsMax = 30;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    private readonly ITestOutputHelper _output;
    private bool _clean;

    /// <param name="upstream">Settings that replace the defaults of the sandbox.</param>
    protected CrashRun(ITestOutputHelper output, IReadOnlyDictionary<string, string>? upstream = null)
    {
        _output = output;
        Seed = Setting("TRYON_CRASH_SEED") ?? Random.Shared.Next();
        Random = new Random(Seed);
        Log($"seed {Seed} (TRYON_CRASH_SEED={Seed} repeats this run)");
        Sandbox = new SandboxProcess(Folder, upstream);
        Operator = new Operator(Http, () => Deployment.Address);
    }

    public static int Rounds => RoundsOr(RoundsDefault);

    public int Seed { get; }

    public Random Random { get; }

    public int Round { get; set; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    public SandboxProcess Sandbox { get; }

    public abstract IDeployment Deployment { get; }

    public Operator Operator { get; }

    /// <summary>What this kind of run adds to the printed summary.</summary>
    public abstract string SummaryNote { get; }

    /// <summary>How long interrupted jobs took to be settled after a restart; empty where a run cannot tell.</summary>
    public virtual string Resumed(IEnumerable<Charge> charges) => "";

    public string Position => $"round {Round}, seed {Seed}";

    protected string Folder { get; } = Directory.CreateTempSubdirectory("tryon-crash-").FullName;

    private string Outputs => $"{Deployment.Output}\n{Sandbox.Output}";

    public void Log(string line) => _output.WriteLine(line);

    public Task SandboxReady() =>
        Until("upstream", StartMax, async () => await Sandbox.IsReady(Http) ? null : "the sandbox is not ready");

    /// <summary>Waits until no account has credits reserved.</summary>
    public Task Settle(IReadOnlyCollection<AccountClient> accounts) => Until("settle", SettleMax, async () =>
    {
        var bodies = await Task.WhenAll(accounts.Select(account => Operator.Read(account.AccountId)));
        return bodies.All(account => account.Reserved == 0)
            ? null
            : string.Join("; ", bodies.Select(account => $"account {account.Id} has {account.Reserved} reserved"));
    });

    /// <param name="missing">What is still missing, with the ids concerned; null when the condition holds.</param>
    public async Task Until(string phase, TimeSpan limit, Func<Task<string?>> missing)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await Missing(missing) is { } what)
        {
            if (Deployment.Died || TimeProvider.System.GetElapsedTime(since) > limit)
                throw new TimeoutException($"{phase}: not within {limit}; {Position}: {what}\n{Outputs}");
            await Pause(PollInterval);
        }
    }

    /// <summary>Fails on findings. After a failure the data directory is kept for inspection.</summary>
    public void Conclude(IReadOnlyCollection<string> findings)
    {
        _clean = findings.Count == 0;
        var first = string.Join('\n', findings.Take(FindingsMax));
        Assert.True(_clean, $"{findings.Count} findings; {Position}\n{first}\n{Outputs}");
    }

    public static Task Pause(TimeSpan time) => Task.Delay(time, TimeProvider.System);

    public void Dispose()
    {
        Deployment.Dispose();
        Sandbox.Dispose();
        Http.Dispose();
        if (_clean)
            Directory.Delete(Folder, recursive: true);
        else
            Log($"the data directory was kept: {Folder}");
    }

    public static int RoundsOr(int usual) => Setting("TRYON_CRASH_ROUNDS") ?? usual;

    protected static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;

    /// <summary>A request that fails counts as a condition that does not hold yet.</summary>
    private static async Task<string?> Missing(Func<Task<string?>> missing)
    {
        try
        {
            return await missing();
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return silent.Message;
        }
    }
}
