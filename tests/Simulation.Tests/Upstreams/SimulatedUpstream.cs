using TryOn.Core.Providers;

namespace TryOn.Simulation.Tests.Upstreams;

internal enum UpstreamKind
{
    /// <summary>Finds attempts by our id, and runs every submit, duplicates included.</summary>
    Finds = 0,

    /// <summary>Finds attempts by our id, and refuses an id that it has seen.</summary>
    Refuses = 1,

    /// <summary>Answers a submit with the picture, and cannot find attempts.</summary>
    Blind = 2,
}

/// <summary>A simulated upstream. It bills every run, so its runs tell how often a job was bought.</summary>
internal sealed class SimulatedUpstream(World world, UpstreamKind kind)
{
    private const int GarbageDownloads = 3;

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

    /// <summary>Handles a submit that has arrived. Null when it was refused as a duplicate.</summary>
    /// <param name="late">True for a submit that was sent so long ago that its sender no longer expects it.</param>
    public UpstreamRun? Arrive(string attemptId, bool late = false)
    {
        if (kind == UpstreamKind.Refuses && _byAttempt.ContainsKey(attemptId))
        {
            world.Note("refused twin", attemptId);
            return null;
        }

        var run = new UpstreamRun(
            attemptId, $"up-{Name}-{_runs.Count + 1}", attemptId[..attemptId.LastIndexOf('-')], PickFate(),
            world.Timeline.Now + world.Random.Milliseconds(200, world.Stormy ? 40_000 : 8000), late);
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

    /// <summary>
    /// The content at a result's address: of some runs a web page at first, and the picture later. The run is paid for,
    /// so nothing else may be run in its place meanwhile.
    /// </summary>
    public byte[] Download(string id)
    {
        var run = _byId[id];
        return run.Fate == Fate.Garbage && ++run.Downloads <= GarbageDownloads
            ? SimulatedPicture.Garbage
            : SimulatedPicture.Png;
    }

    private ProviderReply Tell(UpstreamRun run, bool found)
    {
        if (world.Timeline.Now < run.ReadyAt || run.Fate == Fate.Never)
            return new ProviderReply.Waiting(run.Id, world.Random.Milliseconds(500, 5000));
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
        : world.Random.Pick(Fate.Broken, Fate.Empty, Fate.Refused, Fate.Lost, Fate.Never, Fate.Garbage);
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
    /// <summary>How often its result has been downloaded.</summary>
    public int Downloads { get; set; }

    /// <summary>
    /// True when the run ended without a picture, by the upstream's answer or because its content was no picture.
    /// </summary>
    public bool Over { get; set; }
}
