using TryOn.Engine.Activations;

namespace TryOn.Engine.Tests;

/// <summary>A host whose writes a test can delay or fail, and whose record outlives the activation.</summary>
public sealed class FakeHost<TState>(TState? stored = null) : IActivationHost<TState>
    where TState : class
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Node { get; init; } = "node";

    public HashSet<string> Living { get; } = [];

    public bool IsAlive(string node) => Living.Contains(node);

    public TState? Stored { get; private set; } = stored;

    public List<(TState State, bool Unfinished)> Writes { get; } = [];

    public bool Dropped { get; private set; }

    public DateTimeOffset? Armed { get; private set; }

    /// <summary>Called before each write is stored. A write fails when this throws.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    /// <summary>Called after each write with the state that was stored.</summary>
    public Action<TState> AfterWrite { get; set; } = _ => { };

    public Task<TState?> Load() => Task.FromResult(Stored);

    public async Task Write(TState state, bool unfinished)
    {
        await BeforeWrite();
        Writes.Add((state, unfinished));
        Stored = state;
        AfterWrite(state);
    }

    /// <summary>Completes when the activation first sets a due time.</summary>
    public TaskCompletionSource IsArmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Arm(DateTimeOffset? due)
    {
        Armed = due;
        if (due is not null)
            IsArmed.TrySetResult();
    }

    public void Drop() => Dropped = true;
}
