using TryOn.Engine.Activations;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>
/// The activations of one kind in a host's memory, one per record. Another host may have an activation of the same
/// record.
/// </summary>
internal sealed class Memory<TContract, TState>(
    World world, Host host, GrainKind<TState> kind, Func<IActivationHost<TState>, TContract> create) : IRevival
    where TContract : class
    where TState : class
{
    private readonly Dictionary<string, SimulatedGrain<TContract, TState>> _grains = [];

    public async Task<TContract> Get(string id) => (await Activate(id)).Contract;

    /// <summary>Drops an idle activation from memory.</summary>
    public void ForgetIdle(string id)
    {
        if (_grains.TryGetValue(id, out var grain) && grain.Idle)
            Forget(id, grain);
    }

    public async Task Revive(string id, bool reminded)
    {
        try
        {
            await (await Activate(id)).ReceiveReminder(reminded);
        }
        catch (Exception failure)
        {
            world.Note("revive failed", id, 0, failure.Message);
        }
    }

    private async Task<SimulatedGrain<TContract, TState>> Activate(string id)
    {
        if (!_grains.TryGetValue(id, out var grain))
        {
            grain = _grains[id] = new SimulatedGrain<TContract, TState>(
                world, host, kind, id, create, dropped => Forget(id, dropped));
        }

        try
        {
            await grain.Ready;
            return grain;
        }
        catch
        {
            Forget(id, grain);
            throw;
        }
    }

    private void Forget(string id, SimulatedGrain<TContract, TState> grain)
    {
        if (!_grains.TryGetValue(id, out var held) || held != grain)
            return;
        _grains.Remove(id);
        world.Cluster.Left(kind.Name, id, host);
    }
}
