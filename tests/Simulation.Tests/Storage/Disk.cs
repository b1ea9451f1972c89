namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// Performs operations with a delay. An operation that was requested happens even if its host dies meanwhile.
/// </summary>
internal static class Disk
{
    public static Task<T> Do<T>(World world, Func<T> act)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.Timeline.After(world.Random.Milliseconds(0, 8), null, () => Finish(done, act));
        return done.Task;
    }

    public static IOException Unreachable() => new("The disk did not answer.");

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
}
