namespace TryOn.Engine.Activations;

/// <summary>
/// What a host provides to one activation: its record, a clock and a timer. All members are called on the activation's
/// turn.
/// </summary>
public interface IActivationHost<TState>
    where TState : class
{
    TimeProvider Clock { get; }

    /// <summary>The name of this node, for <see cref="IsAlive"/>.</summary>
    string Node { get; }

    /// <summary>True if calls made by that node may still be running.</summary>
    bool IsAlive(string node);

    /// <summary>The stored state; null if nothing has been written yet.</summary>
    Task<TState?> Load();

    /// <summary>
    /// A conditional write: it succeeds only if no other activation has written since <see cref="Load"/> or the last
    /// write. Throws if it failed or its outcome is unknown; either way this activation's state must no longer be used.
    /// </summary>
    /// <param name="unfinished">True if another host must resume the record if this host dies.</param>
    Task Write(TState state, bool unfinished);

    /// <summary>Sets the one timer to this time; null stops it. A lost callback only causes a delay.</summary>
    void Arm(DateTimeOffset? due);

    /// <summary>Unloads this activation; the next call loads a new one.</summary>
    void Drop();
}
