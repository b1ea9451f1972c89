using System.Collections.Immutable;
using TryOn.Core.Gates;
using TryOn.Core.Providers;

namespace TryOn.Grains.Interfaces;

/// <summary>The gate before one upstream account, for all silos; its key is the provider's name.</summary>
public interface IGateGrain : IGrainWithStringKey
{
    /// <summary>Tells what a silo's jobs want, and hears which of them may go in, at once or within its patience.</summary>
    Task<GateAnswer> Exchange(GateNews news);
}

/// <param name="Node">The silo that speaks.</param>
/// <param name="Term">The gate's, as the silo knows it; empty before it knows any.</param>
/// <param name="Number">Grows with everything told, so that what arrives late is known to be old.</param>
/// <param name="All">Whether these are all of the silo's jobs, and not merely what has changed.</param>
/// <param name="PlacesMax">Jobs that the upstream account runs at once, as this silo is configured.</param>
/// <param name="Patience">How long the answer may wait until there is somebody to let in.</param>
public sealed record GateNews(
    string Node, string Term, long Number, bool All, ImmutableArray<GateMove> Moves, int PlacesMax, TimeSpan Patience);

/// <summary>A <see cref="GateCommand"/> as it travels.</summary>
public sealed record GateMove(string JobId, GateMoveKind Kind, FaultKind Fault = FaultKind.None, TimeSpan? RetryAfter = null)
{
    public static GateMove Of(GateCommand command) => command switch
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

/// <param name="Term">The gate's: another one than the silo's means that the gate has started anew and knows nothing.</param>
/// <param name="Admitted">The silo's jobs that hold a place now.</param>
public sealed record GateAnswer(string Term, ImmutableArray<string> Admitted);
