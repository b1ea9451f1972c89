using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>One activation's reminder, in place of <c>RevivalReminder</c> in production.</summary>
internal sealed class GrainReminder(Reminders reminders, string id)
{
    private Task<bool> _change = Task.FromResult(true);

    /// <summary>Whether the reminder is registered, or will be once the pending change is done.</summary>
    public bool Registered { get; private set; }

    public void Found() => Registered = true;

    /// <summary>True once the reminder is stored.</summary>
    public Task<bool> Register(TimeSpan dueIn)
    {
        Registered = true;
        return _change = After(_change, () => reminders.Register(id, dueIn), wanted: true);
    }

    public Task<bool> Remove()
    {
        if (!Registered)
            return _change;
        Registered = false;
        return _change = After(_change, () => reminders.Remove(id), wanted: false);
    }

    private async Task<bool> After(Task before, Func<Task> change, bool wanted)
    {
        await before;
        try
        {
            await change();
            return true;
        }
        catch (IOException)
        {
            Registered = !wanted;
            return false;
        }
    }
}
