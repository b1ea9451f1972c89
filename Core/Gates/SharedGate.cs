using System.Collections.Immutable;

namespace TryOn.Core.Gates;

/// <summary>
/// One <see cref="GateMachine"/> for jobs of several nodes. A job is its node's for as long as no other speaks for it: a
/// node that has lost a job to another one must not give the other's place away. What nobody has spoken for in
/// <see cref="SilenceMax"/> is taken to have died, and its places are free.
/// </summary>
public sealed record SharedGate(GateState Gate)
{
    /// <summary>Longer than a node that lives is ever silent, shorter than the least patient job.</summary>
    public static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(30);

    /// <summary>Whose a job is, for all that hold a place or wait for one.</summary>
    public ImmutableDictionary<string, string> Nodes { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, DateTimeOffset> HeardAt { get; init; } = ImmutableDictionary<string, DateTimeOffset>.Empty;

    /// <summary>False for a node that was buried, even if it lives: whatever it has in line or inside must be told again.</summary>
    public bool Knows(string node) => HeardAt.ContainsKey(node);

    /// <param name="all">Whether these are all of the node's jobs, so that it has given up the others.</param>
    public static SharedGateStep Hear(
        SharedGate gate, string node, bool all, ImmutableArray<GateCommand> news, DateTimeOffset now)
    {
        var step = new SharedGateStep(gate with { HeardAt = gate.HeardAt.SetItem(node, now) }, []);
        if (all)
            step = step.Then(Forgotten(gate, node, news), node, now);
        return step.Then(news, node, now);
    }

    /// <summary>Lets in whoever may go by now, and buries nodes that have fallen silent.</summary>
    public static SharedGateStep Tick(SharedGate gate, DateTimeOffset now)
    {
        var step = new SharedGateStep(gate, []).Then([new GateCommand.Tick()], node: "", now);
        foreach (var (node, _) in gate.HeardAt.Where(heard => now - heard.Value > SilenceMax))
        {
            step = step.Then(Forgotten(step.After, node, []), node, now);
            step = step with { After = step.After with { HeardAt = step.After.HeardAt.Remove(node) } };
        }

        return step;
    }

    private static ImmutableArray<GateCommand> Forgotten(SharedGate gate, string node, ImmutableArray<GateCommand> kept)
    {
        var jobs = kept.Select(JobOf).ToHashSet();
        return [.. gate.Nodes.Where(of => of.Value == node && !jobs.Contains(of.Key)).Select(of => new GateCommand.Leave(of.Key))];
    }

    internal static string? JobOf(GateCommand command) => command switch
    {
        GateCommand.Enter enter => enter.JobId,
        GateCommand.Hold hold => hold.JobId,
        GateCommand.Leave leave => leave.JobId,
        _ => null,
    };
}

/// <param name="Admitted">Who may go in, and where to say so, in the order they came.</param>
public sealed record SharedGateStep(SharedGate After, ImmutableArray<Admission> Admitted)
{
    internal SharedGateStep Then(ImmutableArray<GateCommand> commands, string node, DateTimeOffset now) =>
        commands.Aggregate(this, (step, command) => step.Then(command, node, now));

    private SharedGateStep Then(GateCommand command, string node, DateTimeOffset now)
    {
        var nodes = After.Nodes;
        var job = SharedGate.JobOf(command);
        if (command is GateCommand.Leave && nodes.GetValueOrDefault(job!) != node)
            return this;
        // Its answer may have been lost, or gone to the node that had the job before.
        Admission[] again = command is GateCommand.Enter && After.Gate.Holders.Contains(job!) ? [new(node, job!)] : [];
        nodes = command is GateCommand.Leave ? nodes.Remove(job!) : job is null ? nodes : nodes.SetItem(job, node);
        var step = GateMachine.Decide(After.Gate, command, now);
        return new SharedGateStep(
            After with { Gate = step.State, Nodes = nodes },
            [.. Admitted.Union([.. again, .. step.Admitted.Select(id => new Admission(nodes[id], id))])]);
    }
}

public sealed record Admission(string Node, string JobId);
