using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Behaviour;

/// <summary>A host whose only upstream, for test accounts and for live ones, is scripted.</summary>
public abstract class HostUnderTest : IAsyncDisposable
{
    public ScriptedProvider Provider { get; init; } = new();

    /// <summary>
    /// Whether some writes fail. An attempt whose answer could not be written may then be looked up, polled or sent
    /// again, as often as the rules allow.
    /// </summary>
    public virtual bool WritesFail => false;

    /// <summary>How long a test waits for a condition before it fails.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(20);

    public abstract IDirectory Directory { get; }

    public abstract IJobFeed Feed { get; }

    public abstract IPictureStore Pictures { get; }

    /// <summary>Drops everything that was not committed, and starts again from what was.</summary>
    public abstract Task Restart();

    public abstract ValueTask DisposeAsync();
}
