using TryOn.Behaviour;
using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;
using TryOn.Engine.Jobs;
using TryOn.Engine.Webhooks;
using TryOn.Simulation.Tests.Storage;
using TryOn.Simulation.Tests.Time;
using TryOn.Simulation.Tests.Upstreams;
using TryOn.Simulation.Tests.Webhooks;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>
/// One process with its own memory and clock. All its code runs on this synchronization context and stops when the host
/// dies, so a crash can fall between any two steps.
/// </summary>
internal sealed class Host : SynchronizationContext
{
    private readonly World _world;
    private readonly List<Action> _onDeath = [];

    public Host(World world, string name)
    {
        (_world, Name) = (world, name);
        Clock = new HostClock(world.Timeline, this);
        Directory = new HostDirectory(world, this);
        Echoes = new Echoes(world, this);
        Upstreams = new Engine.Gates.Upstreams(
            [.. world.Upstreams.Select(upstream => new HostProvider(world, this, upstream))], [], Clock);
        var pictures = new HostPictures(world, this);
        var results = new ResultStore(
            pictures, new HostFetcher(world, this), new SignatureCodec(), Clock, NullLogger<ResultStore>.Instance);
        Effects = new JobEffects(
            Directory, Upstreams, pictures, results, new SubmitDrain(Clock), NullLogger<JobEffects>.Instance);
        var sender = new DeliverySender(
            Directory, new HostPoster(world, this), world.WebhookSecrets, SimulatedReceiver.Body, EgressAllowList.Empty,
            Clock, NullLogger<DeliverySender>.Instance);
        Accounts = new Memory<IAccount, AccountState>(
            world, this, world.AccountGrains, port => Activations.Account(world, this, port));
        Jobs = new Memory<IJob, JobState>(world, this, world.JobGrains, port => Activations.Job(world, this, port));
        Deliveries = new Memory<IDelivery, DeliveryState>(
            world, this, world.DeliveryGrains, port => new DeliveryActivation(port, sender, NullLogger.Instance));
    }

    public string Name { get; }

    public bool Alive { get; private set; } = true;

    public TimeSpan PausedUntil { get; set; }

    public HostClock Clock { get; }

    public HostDirectory Directory { get; }

    public Engine.Gates.Upstreams Upstreams { get; }

    public Memory<IAccount, AccountState> Accounts { get; }

    public Memory<IJob, JobState> Jobs { get; }

    public Memory<IDelivery, DeliveryState> Deliveries { get; }

    public JobEffects Effects { get; }

    public Echoes Echoes { get; }

    /// <summary>Like <c>JobGrain</c>, drops an ended job from memory after it has been read.</summary>
    public async Task<Result<JobView>> ReadJob(string id)
    {
        var job = await (await Jobs.Get(id)).Read();
        if (job.Value is { Ended: true })
            Jobs.ForgetIdle(id);
        return job;
    }

    public override void Post(SendOrPostCallback d, object? state) => _world.Timeline.Soon(this, d, state);

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException();

    public override SynchronizationContext CreateCopy() => this;

    public void Die()
    {
        _world.Note("crash", Name);
        Alive = false;
        foreach (var tell in _onDeath.ToArray())
            tell();
    }

    /// <summary>
    /// Registers a callback for the death of this process, which others notice as a broken connection.
    /// </summary>
    public IDisposable OnDeath(Action tell)
    {
        _onDeath.Add(tell);
        return new Notice(_onDeath, tell);
    }

    private sealed class Notice(List<Action> notices, Action tell) : IDisposable
    {
        public void Dispose() => notices.Remove(tell);
    }
}
