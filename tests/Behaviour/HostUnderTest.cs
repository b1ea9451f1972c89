using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Behaviour;

/// <summary>A host with a scripted upstream behind it, for test accounts and live ones alike.</summary>
public abstract class HostUnderTest : IAsyncDisposable
{
    public ScriptedProvider Provider { get; init; } = new();

    /// <summary>
    /// Whether some writes fail. An attempt whose answer could not be written may then be asked for, polled or made
    /// again, as often as the rules allow.
    /// </summary>
    public virtual bool WritesFail => false;

    /// <summary>How long anything is waited for.</summary>
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(20);

    public abstract IDirectory Directory { get; }

    public abstract IJobFeed Feed { get; }

    public abstract IPictureStore Pictures { get; }

    /// <summary>Forgets everything that was not committed, and starts on what was.</summary>
    public abstract Task Restart();

    public abstract ValueTask DisposeAsync();
}
