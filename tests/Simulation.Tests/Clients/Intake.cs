using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;
using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Upstreams;
using TryOn.Simulation.Tests.Webhooks;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>
/// Accepts a request on one host with the same steps as the front end: find the key's job, reserve, store the pictures,
/// start. The host may die between any two steps.
/// </summary>
internal sealed class Intake(World world, Host host)
{
    public async Task<Result<JobView>> Accept(Order order)
    {
        for (var generation = world.Bug == Bug.KeyIgnored ? world.Random.Next(1000) : 0; ; generation++)
        {
            var id = $"{order.Key}.{generation}";
            var known = await host.Directory.Job(id).Read();
            var job = known.Ok ? known : await Begin(id, order);
            if (!job.Ok)
                return job.Error;
            if (job.Value.NeverStarted)
                continue;
            return job.Value.Fingerprint == order.Fingerprint || world.Bug == Bug.OtherRequestsAnswer
                ? job
                : new Error(ErrorCode.IdempotencyConflict, "The key was used for another request.");
        }
    }

    private async Task<Result<JobView>> Begin(string id, Order order)
    {
        var spec = Specify(id, order);
        var amount = world.Bug == Bug.OnlyFirstChoiceReserved ? order.Credits : spec.Reserve;
        var reserved = await host.Directory.Account(order.Account).Ask(
            new AccountCommand.Reserve(id, amount, order.Fingerprint));
        if (!reserved.Ok)
            return reserved.Error;
        if (reserved.Value.Outcome != ReservationOutcome.Open)
            return await host.Directory.Job(id).Read();
        world.Rules.Accounts.Reserved(order.Account, id);
        await new Storage.HostPictures(world, host)
            .Save(spec.Persons[0].Picture, SimulatedPicture.Png, CancellationToken.None);
        spec = spec with { DeadlineAt = host.Clock.GetUtcNow()
            + world.Traits.Deadline, ReservedAt = reserved.Value.At };
        return await host.Directory.Job(id).Ask(new JobCommand.Start(id, spec));
    }

    /// <summary>The deadline of the job is set when it starts.</summary>
    private static JobSpec Specify(string id, Order order) => new(
        order.Account, AccountMode.Live, "model", SimulatedUpstream.NameOf(order.Upstream), order.Credits,
        [new JobPicture(new PictureId(id, "in-person-0.png"), ImageFormat.Png)], [], "a red coat", FastMode: false,
        order.Fingerprint, DeadlineAt: default, Fallbacks: order.Fallbacks.IsEmpty ? null : order.Fallbacks)
    {
        Webhook = order.Webhook ? SimulatedReceiver.Webhook : null,
    };
}
