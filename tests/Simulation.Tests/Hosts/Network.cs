namespace TryOn.Simulation.Tests.Hosts;

/// <summary>
/// Carries calls between hosts, and loses, duplicates and delays them. A caller without an answer gets an exception in
/// the end, although the call may have been executed.
/// </summary>
internal sealed class Network(World world)
{
    private static readonly TimeSpan CallMax = TimeSpan.FromSeconds(30);

    public Task<T> Call<T>(Host from, Func<Host?> to, string what, string id, Func<Host, Task<T>> call)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var copies = world.Fault(world.Traits.CallsDoubled) ? 2 : 1;
        for (var copy = 0; copy < copies; copy++)
            world.Timeline.After(Latency(copy), null, () => Deliver(from, to(), what, id, call, answer));
        return answer.Task;
    }

    private void Deliver<T>(
        Host from, Host? to, string what, string id, Func<Host, Task<T>> call, TaskCompletionSource<T> answer)
    {
        if (to is null || world.Fault(world.Traits.AnswersLost / 2))
        {
            world.Note("lost", id, 0, what);
            world.Timeline.After(CallMax, from, () => answer.TrySetException(new TimeoutException(what)));
            return;
        }

        // Registered before the call is served, since a paused host may die before it serves the call.
        var death = to.OnDeath(() => Reply(from, () => answer.TrySetException(new IOException("broken"))));
        world.Timeline.After(TimeSpan.Zero, to, () => _ = Serve(from, to, what, id, call, answer, death));
    }

    private async Task Serve<T>(
        Host from, Host to, string what, string id, Func<Host, Task<T>> call, TaskCompletionSource<T> answer,
        IDisposable death)
    {
        world.Note(what, id, 0, to.Name);
        using var until = death;
        try
        {
            var result = await call(to);
            if (world.Fault(world.Traits.AnswersLost))
                world.Timeline.After(CallMax, from, () => answer.TrySetException(new TimeoutException(what)));
            else
                Reply(from, () => answer.TrySetResult(result));
        }
        catch (Exception failure)
        {
            Reply(from, () => answer.TrySetException(failure));
        }
    }

    private void Reply(Host from, Action reply) => world.Timeline.After(world.Random.Milliseconds(0, 5), from, reply);

    /// <summary>A late copy arrives after the caller has stopped waiting.</summary>
    private TimeSpan Latency(int copy) => world.Fault(copy == 0 ? world.Traits.CallsLate : 500)
        ? world.Random.Milliseconds(1000, 90_000)
        : world.Random.Milliseconds(0, 5);
}
