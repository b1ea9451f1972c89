namespace TryOn.Engine.Tests;

/// <summary>A host whose writes a test holds back, fails or loses, and whose record survives the activation.</summary>
public sealed class FakeHost<TState>(TState? stored = null) : IActivationHost<TState>
    where TState : class
{
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public string Node { get; init; } = "node";

    public HashSet<string> Living { get; } = [];

    public bool Lives(string node) => Living.Contains(node);

    public TState? Stored { get; private set; } = stored;

    public List<(TState State, bool Unfinished)> Writes { get; } = [];

    public bool Dropped { get; private set; }

    public DateTimeOffset? Armed { get; private set; }

    /// <summary>What a write waits for, before it holds.</summary>
    public Func<Task> BeforeWrite { get; set; } = () => Task.CompletedTask;

    public Task<TState?> Load() => Task.FromResult(Stored);

    public async Task Write(TState state, bool unfinished)
    {
        await BeforeWrite();
        Writes.Add((state, unfinished));
        Stored = state;
    }

    /// <summary>Completes once there is a time to be woken at.</summary>
    public TaskCompletionSource IsArmed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Arm(DateTimeOffset? due)
    {
        Armed = due;
        if (due is not null)
            IsArmed.TrySetResult();
    }

    public void Drop() => Dropped = true;
}
