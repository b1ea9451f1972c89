using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>How long something takes, on a host's own turn.</summary>
internal static class Wait
{
    public static Task For(World world, Host host, int fromMilliseconds, int toMilliseconds)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Timeline.After(world.Dice.Milliseconds(fromMilliseconds, toMilliseconds), host, done.SetResult);
        return done.Task;
    }
}
