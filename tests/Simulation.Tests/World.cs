using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Webhooks;
using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Clients;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Rules;
using TryOn.Simulation.Tests.Storage;
using TryOn.Simulation.Tests.Time;
using TryOn.Simulation.Tests.Upstreams;
using TryOn.Simulation.Tests.Webhooks;

namespace TryOn.Simulation.Tests;

/// <summary>
/// One simulated world: hosts that run the production engine and machines, with a disk, a network, upstreams and
/// clients that fail as the seed says. All of it runs on one thread in virtual time.
/// </summary>
internal sealed class World
{
    private const int StepsMax = 400_000;

    /// <summary>
    /// How long everything may take to end after the storm, except for tasks that an upstream accepted in the storm and
    /// never ends, which end by their deadline.
    /// </summary>
    private static readonly TimeSpan CalmMax = TimeSpan.FromMinutes(3);

    public World(long seed, Bug bug, TextWriter? writer, bool flawedMachines)
    {
        FlawedMachines = flawedMachines;
        (Bug, Random, Trace) = (bug, new SeededRandom(seed), new Trace(writer));
        Traits = Traits.Draw(Random);
        (Network, Pictures, Archive) = (new Network(this), new StoredPictures(this), new StatementArchive(this));
        Rules = new Rulebook(this);
        Accounts = new Records<AccountState>(this, "account", Rules.Accounts.Committed);
        Jobs = new Records<JobState>(this, "job", Rules.Jobs.Committed);
        Deliveries = new Records<DeliveryState>(this, "delivery", Rules.Deliveries.Committed);
        Receiver = new SimulatedReceiver(this);
        AccountGrains = new GrainKind<AccountState>(
            this, "account", Accounts, host => host.Accounts, state => !state.Reservations.IsEmpty)
        {
            KeepsReminder = true,
        };
        JobGrains = new GrainKind<JobState>(
            this, "job", Jobs, host => host.Jobs, state => state.Spec?.Webhook is not null);
        DeliveryGrains = new GrainKind<DeliveryState>(
            this, "delivery", Deliveries, host => host.Deliveries,
            state => state.Status == DeliveryStatus.Pending)
        {
            DeactivatesWhileWaiting = true,
        };
        Upstreams = [.. Enum.GetValues<UpstreamKind>().Select(kind => new SimulatedUpstream(this, kind))];
        Cluster = new Cluster(this);
        Workload = new Workload(this);
    }

    public Bug Bug { get; }

    /// <summary>Whether the activations run the flawed machines in place of the production ones.</summary>
    public bool FlawedMachines { get; }

    public SeededRandom Random { get; }

    public Trace Trace { get; }

    public Timeline Timeline { get; } = new();

    public Traits Traits { get; }

    public Network Network { get; }

    public StoredPictures Pictures { get; }

    public StatementArchive Archive { get; }

    public Records<AccountState> Accounts { get; }

    public Records<JobState> Jobs { get; }

    public Records<DeliveryState> Deliveries { get; }

    public GrainKind<AccountState> AccountGrains { get; }

    public GrainKind<JobState> JobGrains { get; }

    public GrainKind<DeliveryState> DeliveryGrains { get; }

    public WebhookSecrets WebhookSecrets { get; } = new(new MasterSecret(new byte[MasterSecret.LengthMin]));

    public SimulatedReceiver Receiver { get; }

    public SimulatedUpstream[] Upstreams { get; }

    public Cluster Cluster { get; }

    public Workload Workload { get; }

    public Rulebook Rules { get; }

    public bool Stormy => Timeline.Now < Traits.Storm;

    public Violation? Violation { get; private set; }

    /// <summary>Records a violation. The engine would handle an exception, so none is thrown.</summary>
    public void Break(string rule, string what)
    {
        if (Violation is not null)
            return;
        Trace.Note(Timeline.Now, "BROKEN", rule, 0, what);
        Violation = new Violation(rule, what);
    }

    public void Hold(bool holds, string rule, FormattableString what)
    {
        if (!holds)
            Break(rule, what.ToString());
    }

    /// <summary>True with a probability of so many in a thousand during the storm, and never after it.</summary>
    public bool Fault(int permille) => Stormy && Random.Chance(permille);

    public void Note(string what, string who, long number = 0, object? detail = null) =>
        Trace.Note(Timeline.Now, what, who, number, detail);

    /// <summary>Resumes unfinished work, as <c>RecoveryService</c> does when a single silo has started.</summary>
    public void Resume(Host host)
    {
        AccountGrains.Reminders.Resume(host);
        JobGrains.Reminders.Resume(host);
        DeliveryGrains.Reminders.Resume(host);
    }

    public Outcome Run()
    {
        var before = SynchronizationContext.Current;
        Flaws.Current = Bug;
        try
        {
            Cluster.Begin();
            Workload.Begin();
            RunUntil(Traits.Storm);
            Note("calm", "world");
            Cluster.Calm();
            RunUntil(Traits.Storm + CalmMax);
            if (Violation is null)
                Rules.Soon();
            RunUntil(Traits.Storm + Traits.Deadline + CalmMax);
            if (Violation is null)
                Rules.AtTheEnd();
            return new Outcome(Violation, Timeline.Steps, Trace.Hash, Trace);
        }
        finally
        {
            Flaws.Current = Bug.None;
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private void RunUntil(TimeSpan until)
    {
        while (Violation is null && Timeline.Step(until))
            Hold(Timeline.Steps < StepsMax, "rest", $"Still busy after {StepsMax} steps.");
    }
}

/// <param name="Rule">The invariant, by its short name.</param>
internal sealed record Violation(string Rule, string What);

internal sealed record Outcome(Violation? Violation, long Steps, ulong Hash, Trace Trace);
