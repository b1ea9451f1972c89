using System.Collections.Immutable;
using TryOn.Core.Gates;
using TryOn.Core.Providers;

namespace TryOn.Grains.Interfaces;

/// <summary>The gate in front of one upstream account, shared by all silos; its key is the provider's name.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    /// <summary>
    /// Applies the commands of a silo's jobs, and returns those of its jobs that were admitted, at once or before the
    /// silo's patience ends.
    /// </summary>
    Task<GateAnswer> Exchange(GateNews batch);
}

/// <param name="Node">The calling silo.</param>
/// <param name="Term">The gate's current term, as far as the silo knows; empty if it knows none.</param>
/// <param name="Number">Increases with every batch, so that a late batch is recognized as old.</param>
/// <param name="All">Whether the batch holds all of the silo's jobs, not only changes.</param>
/// <param name="PlacesMax">Jobs that the upstream account runs concurrently, as configured on this silo.</param>
/// <param name="Patience">How long the answer may wait for a job to be admitted.</param>
public sealed record GateNews(
    string Node, string Term, long Number, bool All, ImmutableArray<GateMove> Moves, int PlacesMax, TimeSpan Patience);

/// <summary>The wire form of a <see cref="GateCommand"/>.</summary>
public sealed record GateMove(
    string JobId, GateMoveKind Kind, FaultKind Fault = FaultKind.None, TimeSpan? RetryAfter = null)
{
    public static GateMove FromCommand(GateCommand command) => command switch
    {
        GateCommand.Enter enter => new GateMove(enter.JobId, GateMoveKind.Enter),
        GateCommand.Hold hold => new GateMove(hold.JobId, GateMoveKind.Hold),
        GateCommand.Leave leave => new GateMove(leave.JobId, GateMoveKind.Leave),
        GateCommand.Report report => new GateMove(report.JobId, GateMoveKind.Report, report.Kind, report.RetryAfter),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    public GateCommand Command() => Kind switch
    {
        GateMoveKind.Enter => new GateCommand.Enter(JobId),
        GateMoveKind.Hold => new GateCommand.Hold(JobId),
        GateMoveKind.Leave => new GateCommand.Leave(JobId),
        GateMoveKind.Report => new GateCommand.Report(JobId, Fault, RetryAfter),
        _ => new GateCommand.Tick(),
    };
}

public enum GateMoveKind
{
    None = 0,
    Enter = 1,
    Hold = 2,
    Leave = 3,
    Report = 4,
}

/// <param name="Term">The gate's current term. A term other than the silo's means that the gate was restarted and its
/// state is lost.</param>
/// <param name="Admitted">The silo's jobs that were admitted since the last answer.</param>
public sealed record GateAnswer(string Term, ImmutableArray<string> Admitted);
