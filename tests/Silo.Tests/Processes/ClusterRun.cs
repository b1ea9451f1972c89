using TryOn.Crash.Tests;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Load;
using TryOn.Crash.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Silo.Tests.Processes;

/// <summary>
/// A run of a whole cluster: clients place orders during a disruption, and the books must be consistent afterwards.
/// </summary>
internal sealed class ClusterRun : CrashRun
{
    private const int ClientsPerAccount = 4;

    private readonly List<string> _findings = [];
    private readonly PictureSeries _pictures = new(SideMin: 300, Noise: false);

    /// <param name="backend">The storage of the cluster; null for a new PostgreSQL server.</param>
    public ClusterRun(ITestOutputHelper output, IBackend? backend = null)
        : base(output)
    {
        Cluster = new ClusterDeployment(Folder, Sandbox.Address, backend ?? new PostgresServer());
        Load = new LoadGenerator(this, _pictures, ClientsPerAccount);
    }

    public ClusterDeployment Cluster { get; }

    public LoadGenerator Load { get; }

    /// <summary>
    /// The times during which nothing could be written. Repeats of earlier reservations may still have been answered.
    /// </summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Outages { get; } = [];

    public override IDeployment Deployment => Cluster;

    public override string SummaryNote => "3 silos, 2 front ends";

    /// <summary>How long clients place orders before and after the disruption.</summary>
    public TimeSpan CalmTime { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>TRYON_CRASH_MINUTES, the length of the disruption; null for the short form.</summary>
    public static int? Minutes => Setting("TRYON_CRASH_MINUTES");

    /// <summary>
    /// An account whose silo was lost is activated by its reminder one or two minutes later, and then reconciles.
    /// </summary>
    protected override TimeSpan SettleMax => TimeSpan.FromSeconds(180);

    /// <summary>Runs the cluster under load, with the disruption in the middle, and checks the books.</summary>
    public async Task RunThrough(Func<Task> disruption)
    {
        await SandboxReady();
        await StartAll();
        await Load.Open();
        Load.Begin();
        await Rest();
        await disruption();
        await Rest();
        await Load.Stop();
        var since = TimeProvider.System.GetTimestamp();
        await Settle(Load.Accounts);
        Log($"settled {TimeProvider.System.GetElapsedTime(since).TotalSeconds:F1} s after the last order");
        await Load.SendAgain();
        await CheckBooks();
    }

    public Task Rest() => Pause(CalmTime);

    /// <summary>Reports a finding at the end of the run.</summary>
    public void AddFinding(string finding) => _findings.Add(finding);

    public async Task Start(NodeProcess node)
    {
        node.Start();
        await Until("start", StartMax, async () => await node.IsReady(Http) ? null : $"{node.Name} is not ready");
    }

    private async Task StartAll()
    {
        foreach (var silo in Cluster.Silos)
            await Start(silo);
        await Task.WhenAll(Cluster.Apis.Select(Start));
    }

    private async Task CheckBooks()
    {
        var reconciliation = new Reconciliation(this, _pictures, Load.Orders);
        await reconciliation.Read(Load.Accounts);
        await Until("sweep", SweepMax, reconciliation.Unowned);
        await reconciliation.Check();
        var figures = new Figures(
            [.. Load.Orders.Values.Select(entry => entry.Order)], reconciliation.Jobs, Cluster.Disruptions);
        foreach (var line in figures.Lines())
            Log(line);
        var reserved = reconciliation.Jobs.Where(job => Outages.Exists(
            outage => job.Charge.ReservedAt > outage.From && job.Charge.ReservedAt < outage.To));
        _findings.AddRange(reserved.Select(job => $"{job.Charge.JobId} was reserved while nothing could be written"));
        Conclude([.. _findings, .. Load.Complaints, .. reconciliation.Findings, .. figures.Findings()]);
    }
}
