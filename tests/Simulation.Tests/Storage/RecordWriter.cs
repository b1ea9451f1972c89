using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Engine;
using TryOn.Simulation.Tests.Bugs;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// One activation's view of its record. A write may fail before it holds, or hold and say that it failed; it holds
/// whether or not its host lives to hear of it.
/// </summary>
internal sealed class RecordWriter<TState>(World world, Records<TState> records, string id)
    where TState : class
{
    private const int JsonPermille = 30;

    private long _version;

    public async Task<TState?> Load()
    {
        var record = await OnDisk(() => Try(world.Traits.WritesFailing / 2) ? records.Find(id) : throw Unreachable());
        _version = record?.Version ?? 0;
        world.Note("load", id, _version);
        var state = record?.State;
        if (state is not null && world.Dice.Chance(JsonPermille))
            state = Json(state);
        return Steady.Ordered(state);
    }

    public async Task Write(TState state, bool unfinished)
    {
        if (world.Bug == Bug.ReplyBeforeCommit)
        {
            _ = Behind(state, unfinished);
            return;
        }

        try
        {
            await Attempt(state, unfinished);
        }
        catch (IOException) when (world.Bug == Bug.FailedWriteIgnored)
        {
            world.Note("ignored", id, _version);
        }
        catch (IOException) when (world.Bug == Bug.ConflictOverwritten)
        {
            _version = records.Find(id)?.Version ?? 0;
            await Attempt(state, unfinished);
        }

        if (world.Traits.Cluster)
            Remind(state, unfinished);
    }

    private async Task Attempt(TState state, bool unfinished)
    {
        var version = await OnDisk(() => Try(world.Traits.WritesFailing)
            ? records.Commit(id, _version, state, unfinished) ?? throw new IOException("Somebody else has written.")
            : throw Unreachable());
        await OnDisk(() => world.Fault(world.Traits.WritesFailing) ? throw Unreachable() : true);
        _version = version;
    }

    private bool Try(int failing)
    {
        records.Tremble();
        return !records.Out && !world.Fault(failing);
    }

    private async Task Behind(TState state, bool unfinished)
    {
        try
        {
            await Attempt(state, unfinished);
        }
        catch (IOException)
        {
            // The seeded bug: nobody is told.
        }
    }

    /// <summary>As grains do it: only what has once waited for an upstream, or holds a reservation, is woken by reminders.</summary>
    private void Remind(TState state, bool unfinished)
    {
        var revive = state is JobState { Status: JobStatus.Waiting or JobStatus.Storing }
            or AccountState { Reservations.IsEmpty: false };
        records.Remind(id, unfinished && (revive || records.Find(id)!.Reminded));
    }

    /// <summary>On the disk's own time: a host that dies meanwhile does not call its write back.</summary>
    private Task<T> OnDisk<T>(Func<T> act)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Timeline.After(world.Dice.Milliseconds(0, 8), null, () => Finish(done, act));
        return done.Task;
    }

    private static void Finish<T>(TaskCompletionSource<T> done, Func<T> act)
    {
        try
        {
            done.SetResult(act());
        }
        catch (IOException failure)
        {
            done.SetException(failure);
        }
    }

    private static IOException Unreachable() => new("The disk did not answer.");

    private static TState Json(TState state)
    {
        var json = (JsonTypeInfo<TState>)StateJson.Options.GetTypeInfo(typeof(TState));
        return JsonSerializer.Deserialize(JsonSerializer.SerializeToUtf8Bytes(state, json), json)!;
    }
}
