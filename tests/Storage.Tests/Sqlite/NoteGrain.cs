using Orleans;
using Orleans.Runtime;

namespace TryOn.Storage.Tests.Sqlite;

public interface INoteGrain : IGrainWithStringKey
{
    Task Write(string text);

    Task<string> Read();

    Task StartReminder();

    /// <summary>How many reminders this activation has received.</summary>
    Task<int> CountTicks();
}

public sealed class NoteGrain([PersistentState("note", "Default")] IPersistentState<Note> note)
    : Grain, INoteGrain, IRemindable
{
    private int _ticks;

    public Task Write(string text)
    {
        note.State.Text = text;
        return note.WriteStateAsync();
    }

    public Task<string> Read() => Task.FromResult(note.State.Text);

    public Task StartReminder() => this.RegisterOrUpdateReminder(
        "wake", dueTime: TimeSpan.FromMilliseconds(100), period: TimeSpan.FromMilliseconds(100));

    public Task<int> CountTicks() => Task.FromResult(_ticks);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _ticks++;
        return Task.CompletedTask;
    }
}
