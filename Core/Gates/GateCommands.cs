using TryOn.Core.Providers;

namespace TryOn.Core.Gates;

public abstract record GateCommand
{
    private GateCommand()
    {
    }

    /// <summary>Get in line, or keep the place one has.</summary>
    public sealed record Enter(string JobId) : GateCommand;

    /// <summary>Count a job that the upstream already has, over the limit if need be.</summary>
    public sealed record Hold(string JobId) : GateCommand;

    public sealed record Leave(string JobId) : GateCommand;

    /// <summary>How a submit went, for what it says about the upstream. <see cref="FaultKind.None"/>: it was taken.</summary>
    public sealed record Report(string JobId, FaultKind Kind, TimeSpan? RetryAfter) : GateCommand;

    public sealed record Tick : GateCommand;
}
