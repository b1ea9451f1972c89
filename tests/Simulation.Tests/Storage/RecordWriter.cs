using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TryOn.Core.Jobs;
using TryOn.Engine;
using TryOn.Simulation.Tests.Bugs;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// One activation's access to its record. A write may fail before it is committed, or throw after it. It is committed
/// even if its host dies before the answer.
/// </summary>
internal sealed class RecordWriter<TState>(World world, Records<TState> records, string id)
    where TState : class
{
    private const int JsonPermille = 30;

    private long _version;

    /// <summary>False when another activation has written since.</summary>
    public Task<bool> IsCurrent()
    {
        var version = _version;
        return Read(record => (record?.Version ?? 0) == version);
    }

    public async Task<TState?> Load()
    {
        var record = await Read(record => record);
        _version = record?.Version ?? 0;
        world.Note("load", id, _version);
        var state = record?.State;
        if (state is not null && world.Random.Chance(JsonPermille))
            state = Json(state);
        return StableStringComparer.Ordered(state);
    }

    public async Task Write(TState state)
    {
        if (world.Bug == Bug.ReplyBeforeCommit)
        {
            _ = Behind(state);
            return;
        }

        try
        {
            await Attempt(state);
        }
        catch (IOException) when (world.Bug == Bug.FailedWriteIgnored)
        {
            world.Note("ignored", id, _version);
        }
        catch (IOException) when (world.Bug == Bug.ConflictOverwritten)
        {
            _version = records.Find(id)?.Version ?? 0;
            await Attempt(state);
        }
    }

    private async Task Attempt(TState state)
    {
        var version = await Disk.Do(world, () => Try(world.Traits.WritesFailing)
            ? records.Commit(id, _version, state) ?? throw new IOException("Somebody else has written.")
            : throw Disk.Unreachable());
        await Disk.Do(world, () => world.Fault(world.Traits.WritesFailing) ? throw Disk.Unreachable() : true);
        _version = version;
    }

    private Task<T> Read<T>(Func<Records<TState>.Record?, T> read) => Disk.Do(
        world, () => Try(world.Traits.WritesFailing / 2) ? read(records.Find(id)) : throw Disk.Unreachable());

    private bool Try(int failing)
    {
        records.FailSometimes();
        return !records.Out && !world.Fault(failing);
    }

    private async Task Behind(TState state)
    {
        try
        {
            await Attempt(state);
        }
        catch (IOException)
        {
            // The seeded bug: the failure is swallowed.
        }
    }

    private static TState Json(TState state)
    {
        var json = (JsonTypeInfo<TState>)StateJson.Options.GetTypeInfo(typeof(TState));
        return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(state, json), json)!;
    }
}
