namespace TryOn.Engine;

/// <summary>
/// What a host gives one activation: its record, its clock and its timer. Everything is called on the activation's turn.
/// </summary>
public interface IActivationHost<TState>
    where TState : class
{
    TimeProvider Clock { get; }

    /// <summary>This node, as others may ask about it.</summary>
    string Node { get; }

    /// <summary>Whether calls of that node may still be under way.</summary>
    bool Lives(string node);

    /// <summary>Null when nothing has been written yet.</summary>
    Task<TState?> Load();

    /// <summary>
    /// A conditional write: it holds only if nobody else wrote since <see cref="Load"/> or the last write. Throws when it
    /// does not hold or when nobody knows; either way this activation's memory is worth nothing any more.
    /// </summary>
    /// <param name="unfinished">Whether the record must be taken up again should this host die.</param>
    Task Write(TState state, bool unfinished);

    /// <summary>Call back at this time, once; replaces what was armed before. A lost call is only a delay.</summary>
    void Arm(DateTimeOffset? due);

    /// <summary>Forget this activation; the next call loads a new one.</summary>
    void Drop();
}
