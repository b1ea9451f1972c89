using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Simulation.Tests.Bugs;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>
/// Takes a request in on one host, in the order the front end does: find the key's job, reserve, store the pictures, start.
/// Its host may die between any two of these.
/// </summary>
internal sealed class Intake(World world, Host host)
{
    public async Task<Result<JobView>> Accept(Order order)
    {
        for (var generation = world.Bug == Bug.KeyIgnored ? world.Dice.Next(1000) : 0; ; generation++)
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
        var reserved = await host.Directory.Account(order.Account).Reserve(
            new AccountCommand.Reserve(id, order.Credits, order.Fingerprint));
        if (!reserved.Ok)
            return reserved.Error;
        if (reserved.Value.Outcome != ReservationOutcome.Open)
            return await host.Directory.Job(id).Read();
        world.Rules.Accounts.Reserved(order.Account, id);
        var person = new PictureId(id, "in-person-0.png");
        await new Storage.HostPictures(world, host).Save(person, SimulatedPicture.Png, CancellationToken.None);
        var spec = new JobSpec(
            order.Account, AccountMode.Live, "model", SimulatedUpstream.NameOf(order.Upstream), order.Credits,
            [new JobPicture(person, ImageFormat.Png)], [], "a red coat", FastMode: false, order.Fingerprint,
            host.Clock.GetUtcNow() + world.Traits.Deadline);
        return await host.Directory.Job(id).Start(new JobCommand.Start(id, spec));
    }
}
