using TryOn.Core.Providers;

namespace TryOn.Core.Gates;

public abstract record GateCommand
{
    private GateCommand()
    {
    }

    /// <summary>Joins the queue, or keeps the current position or permit.</summary>
    public sealed record Enter(string JobId) : GateCommand;

    /// <summary>Gives a permit to a job that the upstream already has, even above the limit.</summary>
    public sealed record Hold(string JobId) : GateCommand;

    /// <summary>Leaves the queue or releases the permit.</summary>
    public sealed record Leave(string JobId) : GateCommand;

    /// <summary>
    /// Reports the result of a submit as a sign of the upstream's health. <see cref="FaultKind.None"/>: it succeeded.
    /// </summary>
    public sealed record Report(string JobId, FaultKind Kind, TimeSpan? RetryAfter) : GateCommand;

    public sealed record Tick : GateCommand;
}
