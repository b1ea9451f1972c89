using TryOn.Crash.Tests;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using TryOn.Crash.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests.Processes;

/// <summary>A run of a whole cluster: the crowd orders, trouble comes, and then the books must be clean.</summary>
internal sealed class ClusterRun : CrashRun
{
    private const int ClientsPerAccount = 4;

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(90);

    private readonly List<string> _findings = [];
    private readonly PictureSeries _pictures = new(SideMin: 300, Noise: false);

    /// <param name="backend">PostgreSQL unless a test brings another, or must have it in hand.</param>
    public ClusterRun(ITestOutputHelper output, IBackend? backend = null)
        : base(output)
    {
        Cluster = new ClusterSite(Folder, Sandbox.Address, backend ?? new PostgresServer());
        Crowd = new Crowd(this, _pictures, ClientsPerAccount);
    }

    public ClusterSite Cluster { get; }

    public Crowd Crowd { get; }

    /// <summary>When nothing could be written. A repeat of what was reserved before may still have been answered.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Outages { get; } = [];

    public override ISite Site => Cluster;

    public override string Story => "3 silos, 2 front ends";

    /// <summary>Time to order a little, before trouble and after it.</summary>
    public TimeSpan Calm { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>How long the trouble lasts: two rounds unless asked for more.</summary>
    public static int? Minutes => Setting("TRYON_CRASH_MINUTES");

    /// <summary>
    /// An account that lost its silo is revived by its reminder a minute later, or up to two; then it asks after its jobs.
    /// </summary>
    protected override TimeSpan SettleMax => TimeSpan.FromSeconds(180);

    /// <summary>The whole story; trouble is what happens while the crowd orders.</summary>
    public async Task Through(Func<Task> trouble)
    {
        await SandboxReady();
        await StartAll();
        await Crowd.Open();
        Crowd.Begin();
        await Rest();
        await trouble();
        await Rest();
        await Crowd.Stop();
        var since = TimeProvider.System.GetTimestamp();
        await Settle(Crowd.Purses);
        Say($"settled {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s after the last order");
        await Crowd.SendAgain();
        await Reckon();
    }

    public Task Rest() => Pause(Calm);

    /// <summary>What went wrong, told when all has been looked at.</summary>
    public void Found(string finding) => _findings.Add(finding);

    public async Task Start(NodeProcess node)
    {
        node.Start();
        await Until("start", StartMax, async () => await node.Ready(Http) ? null : $"{node.Name} is not ready");
    }

    private async Task StartAll()
    {
        foreach (var silo in Cluster.Silos)
            await Start(silo);
        await Task.WhenAll(Cluster.Apis.Select(Start));
    }

    private async Task Reckon()
    {
        var reckoning = new Reckoning(this, _pictures, Crowd.Orders);
        await reckoning.Read(Crowd.Purses);
        await Until("sweep", SweepMax, reckoning.Unowned);
        await reckoning.Check();
        var figures = new Figures([.. Crowd.Orders.Values.Select(entry => entry.Order)], reckoning.Jobs, Cluster.Kills);
        foreach (var line in figures.Lines())
            Say(line);
        var reserved = reckoning.Jobs.Where(job => Outages.Exists(
            outage => job.Charge.ReservedAt > outage.From && job.Charge.ReservedAt < outage.To));
        _findings.AddRange(reserved.Select(job => $"{job.Charge.JobId} was reserved while nothing could be written"));
        Conclude([.. _findings, .. Crowd.Complaints, .. reckoning.Findings, .. figures.Findings()]);
    }
}
