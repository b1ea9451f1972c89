using System.Collections.Immutable;

namespace TryOn.Core.Gates;

/// <summary>
/// One <see cref="GateMachine"/> for the jobs of several nodes. A job belongs to the node that last sent a command for
/// it, and only that node can make it leave: a node that lost the job to another must not release the other's permit.
/// A node not heard from for <see cref="SilenceMax"/> counts as dead, and its permits are released.
/// </summary>
public sealed record SharedGate(GateState Gate)
{
    /// <summary>Longer than a live node is ever silent, shorter than the shortest deadline of a job.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);

    /// <summary>The node of each job that holds a permit or waits for one.</summary>
    public ImmutableDictionary<string, string> Nodes { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>When each node last called.</summary>
    public ImmutableDictionary<string, DateTimeOffset> LastSeen { get; init; } =
        ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>
    /// False for a node that was removed as dead, even if it is alive: it must send all its jobs again.
    /// </summary>
    public bool Knows(string node) => LastSeen.ContainsKey(node);

    /// <summary>Applies a node's commands.</summary>
    /// <param name="all">Whether these are all of the node's jobs, so that its other jobs leave.</param>
    public static SharedGateStep Receive(
        SharedGate gate, string node, bool all, ImmutableArray<GateCommand> commands, DateTimeOffset now)
    {
        var step = new SharedGateStep(gate with { LastSeen = gate.LastSeen.SetItem(node, now) }, []);
        if (all)
            step = step.Then(LeaveAllBut(gate, node, commands), node, now);
        return step.Then(commands, node, now);
    }

    /// <summary>Admits jobs whose time has come, and removes nodes that are silent for too long.</summary>
    public static SharedGateStep Tick(SharedGate gate, DateTimeOffset now)
    {
        var step = new SharedGateStep(gate, []).Then([new GateCommand.Tick()], node: "", now);
        foreach (var (node, _) in gate.LastSeen.Where(seen => now - seen.Value > SilenceMax))
        {
            step = step.Then(LeaveAllBut(step.State, node, []), node, now);
            step = step with { State = step.State with { LastSeen = step.State.LastSeen.Remove(node) } };
        }

        return step;
    }

    private static ImmutableArray<GateCommand> LeaveAllBut(
        SharedGate gate, string node, ImmutableArray<GateCommand> kept)
    {
        var jobs = kept.Select(JobOf).ToHashSet();
        return [.. gate.Nodes.Where(owner => owner.Value == node && !jobs.Contains(owner.Key))
            .Select(owner => new GateCommand.Leave(owner.Key))];
    }

    internal static string? JobOf(GateCommand command) => command switch
    {
        GateCommand.Enter enter => enter.JobId,
        GateCommand.Hold hold => hold.JobId,
        GateCommand.Leave leave => leave.JobId,
        _ => null,
    };
}

/// <param name="Admitted">The admitted jobs and the nodes to notify, in order of arrival.</param>
public sealed record SharedGateStep(SharedGate State, ImmutableArray<AdmittedJob> Admitted)
{
    internal SharedGateStep Then(ImmutableArray<GateCommand> commands, string node, DateTimeOffset now) =>
        commands.Aggregate(this, (step, command) => step.Then(command, node, now));

    private SharedGateStep Then(GateCommand command, string node, DateTimeOffset now)
    {
        var nodes = State.Nodes;
        var job = SharedGate.JobOf(command);
        if (command is GateCommand.Leave && nodes.GetValueOrDefault(job!) != node)
            return this;
        // The earlier answer may have been lost, or sent to the node that had the job before.
        AdmittedJob[] again = command is GateCommand.Enter && State.Gate.Holders.Contains(job!)
            ? [new(node, job!)]
            : [];
        nodes = command is GateCommand.Leave ? nodes.Remove(job!) : job is null ? nodes : nodes.SetItem(job, node);
        var step = GateMachine.Decide(State.Gate, command, now);
        return new SharedGateStep(
            State with { Gate = step.State, Nodes = nodes },
            [.. Admitted.Union([.. again, .. step.Admitted.Select(id => new AdmittedJob(nodes[id], id))])]);
    }
}

public sealed record AdmittedJob(string Node, string JobId);
