using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>
/// Repeats one order until it is answered, then polls the job. Sometimes it gives up, or repeats the order later.
/// </summary>
internal sealed class Client(World world, Host outside, Order order)
{
    private const int TriesMax = 12;

    public async Task Run()
    {
        for (var tries = 0; tries < TriesMax; tries++)
        {
            if (await Send() || world.Fault(50))
                break;
            await Wait.For(world, outside, 500, 6000);
        }

        for (var looks = world.Random.Next(5); looks > 0 && order.Answer is not null; looks--)
        {
            await Wait.For(world, outside, 500, 20_000);
            await (world.Fault(100) ? Send() : Poll());
        }
    }

    private async Task<bool> Send()
    {
        try
        {
            var answer = await world.Network.Call(
                outside, () => world.Cluster.Any(), "order", order.Key, host => new Intake(world, host).Accept(order));
            if (answer.Ok)
                Accepted(answer.Value);
            else
                Refused(answer.Error);
            return answer.Ok || answer.Error.Code == ErrorCode.IdempotencyConflict;
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or CommitFailedException)
        {
            world.Note("client waits", order.Key, 0, failure.Message);
            return false;
        }
    }

    private async Task Poll()
    {
        try
        {
            var id = order.Answer!.Id;
            var seen = await world.Network.Call(
                outside, () => world.Cluster.For("job", id), "look", id, to => to.ReadJob(id));
            // An activation that another one has overtaken may have an older state until its next write.
            world.Hold(seen.Ok || world.Traits.MisroutedCalls > 0, "I4 lost", $"{id} was promised and is gone.");
            if (seen.Ok)
                Accepted(seen.Value);
        }
        catch (Exception failure) when (failure is TimeoutException or IOException or CommitFailedException)
        {
            world.Note("client waits", order.Key, 0, failure.Message);
        }
    }

    private void Accepted(JobView view)
    {
        world.Note("told", view.Id, view.Version, view.Status);
        order.Answer = view;
        world.Rules.Jobs.Shown(view);
        world.Hold(
            view.Fingerprint == order.Fingerprint, "I8 repeat",
            $"{order.Key} was answered with another request's job.");
    }

    private void Refused(Error error)
    {
        world.Note("refused", order.Key, (long)error.Code, error.Message);
        world.Hold(
            error.Code != ErrorCode.IdempotencyConflict || order.Contested, "I8 repeat",
            $"{order.Key} conflicts with itself.");
    }
}
