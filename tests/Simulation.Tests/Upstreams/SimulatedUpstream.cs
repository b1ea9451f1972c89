using TryOn.Core.Providers;

namespace TryOn.Simulation.Tests.Upstreams;

internal enum UpstreamKind
{
    /// <summary>Says what it has by our id, and runs whatever it is sent, twice if sent twice.</summary>
    Finds = 0,

    /// <summary>Says what it has by our id, and refuses an id that it has seen.</summary>
    Refuses = 1,

    /// <summary>Answers with the picture and cannot be asked.</summary>
    Blind = 2,
}

/// <summary>
/// An upstream with a mind of its own. What it runs it bills, so it is the witness for how often a job was bought.
/// </summary>
internal sealed class SimulatedUpstream(World world, UpstreamKind kind)
{
    private readonly List<UpstreamRun> _runs = [];
    private readonly Dictionary<string, UpstreamRun> _byAttempt = [];
    private readonly Dictionary<string, UpstreamRun> _byId = [];

    public UpstreamKind Kind => kind;

    public string Name => NameOf(kind);

    public static string NameOf(UpstreamKind kind) => kind switch
    {
        UpstreamKind.Finds => "finds",
        UpstreamKind.Refuses => "refuses",
        _ => "blind",
    };

    /// <summary>A submit has arrived, expected or not. Null when it was refused as one that is here already.</summary>
    /// <param name="late">Sent so long ago that nobody could still expect it.</param>
    public UpstreamRun? Arrive(string attemptId, bool late = false)
    {
        if (kind == UpstreamKind.Refuses && _byAttempt.ContainsKey(attemptId))
        {
            world.Note("refused twin", attemptId);
            return null;
        }

        var run = new UpstreamRun(
            attemptId, $"up-{Name}-{_runs.Count + 1}", attemptId[..attemptId.LastIndexOf('-')], PickFate(),
            world.Timeline.Now + world.Dice.Milliseconds(200, world.Stormy ? 40_000 : 8000), late);
        world.Note("run", run.JobId, _runs.Count + 1, attemptId);
        _runs.Add(run);
        _byAttempt[attemptId] = run;
        _byId[run.Id] = run;
        world.Rules.Upstreams.Begun(kind, run, _runs);
        return run;
    }

    public string AttemptOf(string id) => _byId[id].AttemptId;

    public bool NeverEnds => _runs.Exists(run => run.Fate == Fate.Never);

    public ProviderReply Find(string attemptId) =>
        _byAttempt.TryGetValue(attemptId, out var run) ? Tell(run, found: true) : new ProviderReply.Absent();

    public ProviderReply Poll(string id) => Tell(_byId[id], found: false);

    /// <summary>What lies at a result's address. One that holds no picture has come to nothing.</summary>
    public byte[] Download(string id)
    {
        var run = _byId[id];
        run.Over |= run.Fate == Fate.Garbage;
        return run.Over ? SimulatedPicture.Garbage : SimulatedPicture.Png;
    }

    private ProviderReply Tell(UpstreamRun run, bool found)
    {
        if (world.Timeline.Now < run.ReadyAt || run.Fate == Fate.Never)
            return new ProviderReply.Waiting(run.Id, world.Dice.Milliseconds(500, 5000));
        if (run.Fate is Fate.Picture or Fate.Garbage)
            return new ProviderReply.Ready([$"https://{Name}.example/{run.Id}"]);
        run.Over = true;
        return run.Fate switch
        {
            Fate.Lost when !found => ProviderReply.FaultOf(FaultKind.TaskLost, "lost"),
            Fate.Refused => ProviderReply.EndOf(FaultKind.Moderation, "refused"),
            Fate.Empty => ProviderReply.EndOf(FaultKind.NoPicture, "empty"),
            _ => ProviderReply.EndOf(FaultKind.Outage, "broken"),
        };
    }

    private Fate PickFate() => !world.Fault(world.Traits.UpstreamFaults)
        ? Fate.Picture
        : world.Dice.Pick(Fate.Broken, Fate.Empty, Fate.Refused, Fate.Lost, Fate.Never, Fate.Garbage);
}

internal enum Fate
{
    Picture,
    Broken,
    Empty,
    Refused,
    Lost,
    Never,
    Garbage,
}

internal sealed record UpstreamRun(string AttemptId, string Id, string JobId, Fate Fate, TimeSpan ReadyAt, bool Late)
{
    /// <summary>Ended without a picture by the upstream's own word, or by ours about what it delivered.</summary>
    public bool Over { get; set; }
}
