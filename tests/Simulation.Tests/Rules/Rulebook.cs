using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Engine.Gates;

namespace TryOn.Simulation.Tests.Rules;

/// <summary>
/// The rules that must hold after every step, and those that must hold at the end, when nothing fails any more.
/// </summary>
internal sealed class Rulebook
{
    private static readonly TimeSpan LineMax = TimeSpan.FromSeconds(20);

    private readonly World _world;

    public Rulebook(World world)
    {
        _world = world;
        (Accounts, Jobs) = (new AccountRules(world), new JobRules(world));
        (Deliveries, Upstreams) = (new DeliveryRules(world), new UpstreamRules(world));
    }

    public AccountRules Accounts { get; }

    public JobRules Jobs { get; }

    public DeliveryRules Deliveries { get; }

    public UpstreamRules Upstreams { get; }

    public void Soon()
    {
        foreach (var (id, job) in _world.Jobs.All)
        {
            _world.Hold(
                job.Ended || Blocked(job), "I4 liveness",
                $"{id} is still {job.Status} long after the last fault.");
        }
    }

    public void AtTheEnd()
    {
        foreach (var (id, job) in _world.Jobs.All)
        {
            _world.Hold(job.Ended, "I4 liveness", $"{id} is still {job.Status} after its deadline.");
            // An ended job without a webhook need not be revived once its reservation is resolved.
            Deliveries.AtTheEnd(id, job);
            _world.Hold(
                (job.Status == JobStatus.Succeeded) == Accounts.IsCaptured(job, id), "I3 charge",
                $"{id} is {job.Status} and {(Accounts.IsCaptured(job, id) ? "was" : "was not")} captured.");
            _world.Hold(
                job.Status == JobStatus.Succeeded || !HadTimeWithoutFaults(job) || WaitedInLine(job) || Blocked(job),
                "I4 liveness", $"{id} began in fair weather and came to {job.Status}.");
        }

        foreach (var (id, account) in _world.Accounts.All)
        {
            _world.Hold(
                account.Reservations.IsEmpty && account.Reserved == 0, "I4 liveness",
                $"{id} still holds {account.Reserved} for {string.Join(' ', account.Reservations.Keys)}.");
            Accounts.AtTheEnd(id, account);
        }

        foreach (var host in _world.Cluster.Alive)
        {
            foreach (var upstream in _world.Upstreams)
            {
                var held = ((ProviderGate)host.Upstreams.Find(upstream.Name, AccountMode.Live)!.Gate).HeldCount;
                _world.Hold(held == 0, "gate", $"{host.Name} still holds {held} places at {upstream.Name}.");
            }
        }

        _world.Workload.AtTheEnd();
    }

    /// <summary>
    /// Whether a job had enough time without faults. Its deadline counts from its reservation, which may be much older
    /// than its start.
    /// </summary>
    private bool HadTimeWithoutFaults(JobState job) =>
        job.Spec?.ReservedAt >= Time.Timeline.Epoch + _world.Traits.Storm + _world.Traits.Skew;

    /// <summary>
    /// Jobs from the storm may hold an upstream's few permits until a job behind them misses its deadline.
    /// </summary>
    private static bool WaitedInLine(JobState job) => job.StartedAt is not { } start || start - job.CreatedAt > LineMax;

    /// <summary>
    /// The upstream has accepted a task in the storm that it never ends. The task keeps its permit, and other jobs
    /// wait.
    /// </summary>
    private bool Blocked(JobState job) =>
        _world.Upstreams.Any(upstream => upstream.NeverEnds && MayUse(job, upstream.Name));

    /// <summary>Whether the job may use this upstream, first or as a fallback.</summary>
    private static bool MayUse(JobState job, string upstream) =>
        job.Spec is { } spec
            && (spec.Provider == upstream || spec.Fallbacks?.Exists(route => route.Provider == upstream) == true);
}
