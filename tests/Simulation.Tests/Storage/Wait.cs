using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>Delays on a host's own synchronization context.</summary>
internal static class Wait
{
    public static Task For(World world, Host host, int fromMilliseconds, int toMilliseconds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Timeline.After(world.Random.Milliseconds(fromMilliseconds, toMilliseconds), host, done.SetResult);
        return done.Task;
    }
}
