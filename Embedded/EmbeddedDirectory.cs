using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;
using TryOn.Embedded.Storage;
using TryOn.Embedded.Turns;
using TryOn.Engine;
using TryOn.Engine.Accounts;
using TryOn.Engine.Jobs;
using TryOn.Engine.Webhooks;

namespace TryOn.Embedded;

/// <summary>Hosts every account and every job of one process: a turn each, a row each.</summary>
public sealed partial class EmbeddedDirectory : IDirectory
{
    private readonly SqliteStore _store;
    private readonly ILogger<EmbeddedDirectory> _logger;
    private readonly Slots<AccountActivation> _accounts;
    private readonly Slots<JobActivation> _jobs;
    private readonly Slots<DeliveryActivation> _deliveries;
    private readonly Resting _resting;

    public EmbeddedDirectory(
        SqliteStore store, TimeProvider clock, IServiceProvider services, ILogger<EmbeddedDirectory> logger)
    {
        (_store, _logger, _resting) = (store, logger, new Resting(clock));
        _accounts = new Slots<AccountActivation>(
            (key, slot) =>
            {
                var host = new SlotHost<AccountActivation, AccountState>(
                    key, slot, store, StateJson.Account, clock, account => account.OnDue());
                return TakenUp(ActivatorUtilities.CreateInstance<AccountActivation>(services, host), a => a.TakeUp());
            },
            (_, account) => account.Idle, clock);
        _jobs = new Slots<JobActivation>(
            (key, slot) =>
            {
                var host = new SlotHost<JobActivation, JobState>(
                    key, slot, store, StateJson.Job, clock, job => job.OnDue());
                return TakenUp(ActivatorUtilities.CreateInstance<JobActivation>(services, host), j => j.TakeUp());
            },
            (_, job) => job.Idle, clock);
        _deliveries = new Slots<DeliveryActivation>(
            (key, slot) =>
            {
                _resting.Remove(key);
                var host = new SlotHost<DeliveryActivation, DeliveryState>(
                    key, slot, store, StateJson.Delivery, clock, delivery => delivery.OnDue());
                return TakenUp(ActivatorUtilities.CreateInstance<DeliveryActivation>(services, host), d => d.TakeUp());
            },
            (key, delivery) => delivery.Idle || Rests(key, delivery), clock);
    }

    /// <summary>Accounts, jobs and deliveries in memory.</summary>
    public int Count => _accounts.Count + _jobs.Count + _deliveries.Count;

    public IAccount Account(string id) => new AccountProxy(_accounts, new GrainKey(GrainKind.Account, id), _store);

    public IJob Job(string id) => new JobProxy(_jobs, new GrainKey(GrainKind.Job, id), _store);

    public IDelivery Delivery(string id) => new DeliveryProxy(_deliveries, new GrainKey(GrainKind.Delivery, id));

    public async IAsyncEnumerable<string> AccountIds([EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var key in await _store.Accounts())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return key.Id;
        }
    }

    /// <summary>
    /// Takes up everything that a crash interrupted. A record that cannot be read stops nobody else's work: its own calls
    /// fail until somebody has mended it.
    /// </summary>
    public async Task<int> Recover()
    {
        var unfinished = await _store.Unfinished();
        await Task.WhenAll(unfinished.Where(key => !Held(key) && !_resting.Holds(key)).Select(TakeUp));
        return unfinished.Length;
    }

    /// <summary>Whoever is in memory goes on by itself, and is not to be kept there by being asked.</summary>
    private bool Held(GrainKey key) => key.Kind switch
    {
        GrainKind.Account => _accounts.Holds(key),
        GrainKind.Job => _jobs.Holds(key),
        _ => _deliveries.Holds(key),
    };

    private async Task TakeUp(GrainKey key)
    {
        try
        {
            await (key.Kind switch
            {
                GrainKind.Account => _accounts.Run(key, _ => Task.FromResult(true)),
                GrainKind.Job => _jobs.Run(key, _ => Task.FromResult(true)),
                _ => _deliveries.Run(key, _ => Task.FromResult(true)),
            });
        }
        catch (Exception unreadable)
        {
            LogUnreadable(_logger, key.Kind, key.Id, unreadable);
        }
    }

    public async Task CollectIdle(TimeSpan idleAge)
    {
        await _accounts.CollectIdle(idleAge);
        await _jobs.CollectIdle(idleAge);
        await _deliveries.CollectIdle(idleAge);
    }

    /// <summary>A receiver that is down for a day would else keep everything it has not taken in memory for as long.</summary>
    private bool Rests(GrainKey key, DeliveryActivation delivery)
    {
        if (delivery.TryRest(Resting.Min) is not { } wait)
            return false;
        _resting.Add(key, wait);
        return true;
    }

    private static async Task<T> TakenUp<T>(T activation, Func<T, Task> takeUp)
    {
        await takeUp(activation);
        return activation;
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "The {Kind} record {Id} could not be taken up")]
    private static partial void LogUnreadable(ILogger logger, GrainKind kind, string id, Exception failure);
}
