using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using TryOn.Crash.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>One run: the processes, who speaks to them, and where it stands when something takes long.</summary>
internal abstract class CrashRun : IDisposable
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    /// <summary>30 seconds until a picture counts as nobody's, a second between two looks, a busy machine.</summary>
    public static readonly TimeSpan SweepMax = TimeSpan.FromSeconds(60);

    /// <summary>
    /// A reservation is looked into 30 seconds after the account last looked, if it is 30 seconds old by then: after
    /// 60 seconds at worst, and some for a busy machine.
    /// </summary>
    protected virtual TimeSpan SettleMax => TimeSpan.FromSeconds(90);

    private const int RoundsDefault = 5;
    private const int FindingsMax = 30;

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly ITestOutputHelper _output;
    private bool _clean;

    /// <param name="upstream">Settings of the sandbox that this kind of run wants otherwise.</param>
    protected CrashRun(ITestOutputHelper output, IReadOnlyDictionary<string, string>? upstream = null)
    {
        _output = output;
        Seed = Setting("TRYON_CRASH_SEED") ?? Random.Shared.Next();
        Dice = new Random(Seed);
        Say($"seed {Seed} (TRYON_CRASH_SEED={Seed} throws the same dice)");
        Sandbox = new SandboxProcess(Folder, upstream);
        Operator = new Operator(Http, () => Site.Address);
    }

    public static int Rounds => RoundsOr(RoundsDefault);

    public int Seed { get; }

    public Random Dice { get; }

    public int Round { get; set; }

    public HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(20) };

    public SandboxProcess Sandbox { get; }

    public abstract ISite Site { get; }

    public Operator Operator { get; }

    /// <summary>What only this kind of run can tell of itself.</summary>
    public abstract string Story { get; }

    /// <summary>How long jobs that a kill interrupted took after it, where this kind of run can tell.</summary>
    public virtual string Resumed(IEnumerable<Charge> charges) => "";

    public string Where => $"round {Round}, seed {Seed}";

    protected string Folder { get; } = Directory.CreateTempSubdirectory("tryon-crash-").FullName;

    private string Outputs => $"{Site.Output}\n{Sandbox.Output}";

    public void Say(string line) => _output.WriteLine(line);

    public Task SandboxReady() =>
        Until("upstream", StartMax, async () => await Sandbox.Answers(Http) ? null : "the sandbox is not ready");

    /// <summary>Until no account has anything reserved.</summary>
    public Task Settle(IReadOnlyCollection<Purse> purses) => Until("settle", SettleMax, async () =>
    {
        var accounts = await Task.WhenAll(purses.Select(purse => Operator.Read(purse.AccountId)));
        return accounts.All(account => account.Reserved == 0)
            ? null
            : string.Join("; ", accounts.Select(account => $"account {account.Id} has {account.Reserved} reserved"));
    });

    /// <param name="missing">What still lacks, with the ids it concerns; null when nothing does.</param>
    public async Task Until(string phase, TimeSpan limit, Func<Task<string?>> missing)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await Lack(missing) is { } lack)
        {
            if (Site.Died || TimeProvider.System.GetElapsedTime(since) > limit)
                throw new TimeoutException($"{phase}: not within {limit}; {Where}: {lack}\n{Outputs}");
            await Pause(LookAgain);
        }
    }

    /// <summary>The run's last word. Without it, or with findings, the data directory is left to look at.</summary>
    public void Conclude(IReadOnlyCollection<string> findings)
    {
        _clean = findings.Count == 0;
        var first = string.Join('\n', findings.Take(FindingsMax));
        Assert.True(_clean, $"{findings.Count} findings; {Where}\n{first}\n{Outputs}");
    }

    public static Task Pause(TimeSpan time) => Task.Delay(time, TimeProvider.System);

    public void Dispose()
    {
        Site.Dispose();
        Sandbox.Dispose();
        Http.Dispose();
        if (_clean)
            Directory.Delete(Folder, recursive: true);
        else
            Say($"the data directory was left in {Folder}");
    }

    public static int RoundsOr(int usual) => Setting("TRYON_CRASH_ROUNDS") ?? usual;

    protected static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : null;

    /// <summary>A gateway that does not answer lacks everything.</summary>
    private static async Task<string?> Lack(Func<Task<string?>> missing)
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
