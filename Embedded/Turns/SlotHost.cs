using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TryOn.Embedded.Storage;
using TryOn.Engine;

namespace TryOn.Embedded.Turns;

/// <summary>Gives one activation its row, its clock and its timer.</summary>
internal sealed class SlotHost<TActivation, TState>(
    GrainKey key, Slot<TActivation> slot, SqliteStore store, JsonTypeInfo<TState> json, TimeProvider clock,
    Func<TActivation, Task> onDue) : IActivationHost<TState>
    where TActivation : class
    where TState : class
{
    private static readonly TimeSpan ArmMax = TimeSpan.FromHours(1);

    private long _version;
    private ITimer? _timer;

    public TimeProvider Clock => clock;

    /// <summary>The data directory is one process's, and an activation that it drops commits nothing more.</summary>
    public string? Node => null;

    public bool Lives(string node) => false;

    public async Task<TState?> Load()
    {
        var stored = await store.Read(key);
        _version = stored?.Version ?? 0;
        return stored is null ? null : JsonSerializer.Deserialize(stored.State, json);
    }

    public async Task Write(TState state, bool unfinished) =>
        _version = await store.Write(key, _version, unfinished, JsonSerializer.SerializeToUtf8Bytes(state, json));

    public void Arm(DateTimeOffset? due)
    {
        if (due is null)
        {
            _timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        var wait = due.Value - clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        wait = wait < TimeSpan.Zero ? TimeSpan.Zero : wait > ArmMax ? ArmMax : wait;
        _timer ??= clock.CreateTimer(_ => Fire(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(wait, Timeout.InfiniteTimeSpan);
    }

    public void Drop()
    {
        slot.Close();
        _timer?.Dispose();
    }

    private void Fire() => slot.TryRun(
        async activation =>
        {
            await onDue(activation);
            return true;
        },
        out _);
}
