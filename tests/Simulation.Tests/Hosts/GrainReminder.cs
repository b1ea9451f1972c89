using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>One activation's view of its reminder: what <c>RevivalReminder</c> is in production.</summary>
internal sealed class GrainReminder(Reminders reminders, string id)
{
    private Task<bool> _change = Task.FromResult(true);

    /// <summary>Whether there is one, or will be once the change under way is done.</summary>
    public bool Registered { get; private set; }

    public void Found() => Registered = true;

    /// <summary>True once it holds.</summary>
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
