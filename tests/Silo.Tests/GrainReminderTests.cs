using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Timers;
using TryOn.Behaviour;
using TryOn.Core.Accounts;
using TryOn.Core.Egress;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Webhooks;
using TryOn.Engine.Webhooks;
using TryOn.Grains.Interfaces;

namespace TryOn.Silo.Tests;

public sealed class GrainReminderTests
{
    private readonly Reminders _reminders = new();

    /// <summary>
    /// The account drives its jobs. Without a reminder they would wait for the next call to the account.
    /// </summary>
    [Fact]
    public async Task Reservation_WithoutAReminder_IsNotHeld()
    {
        await using var host = await Start();
        var account = await new Scene(host).OpenAccount("unlucky", credits: 2);
        _reminders.Broken = true;
        await Assert.ThrowsAsync<CommitFailedException>(() => account.Ask(new AccountCommand.Reserve("one", 1, "f")));
        Assert.Equal(0, (await account.Read()).Value!.Reserved);
        _reminders.Broken = false;

        Assert.True((await account.Ask(new AccountCommand.Reserve("two", 1, "f"))).Ok);
        Assert.Equal(1, _reminders.Count);
    }

    /// <summary>An account that is revived after a failed write may have no reminder.</summary>
    [Fact]
    public async Task Account_RevivedWithoutReminder_RegistersOne()
    {
        await using var host = await Start();
        var account = await new Scene(host).OpenAccount("revived", credits: 2);
        await account.Ask(new AccountCommand.Reserve("one", 1, "f"));
        _reminders.Clear();
        await ((IAccountGrain)account).AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        await ((IAccountGrain)account).AsReference<IRemindable>().ReceiveReminder("Revive", default);

        await account.Ask(new AccountCommand.Reserve("two", 1, "f"));

        Assert.Equal(1, _reminders.Count);
    }

    /// <summary>Another activation may have written since and may need the reminder.</summary>
    [Fact]
    public async Task Reminder_OfOvertakenIdleActivation_Stays()
    {
        var host = (ClusterUnderTest)await Start();
        await using var until = host;
        var account = await new Scene(host).OpenAccount("overtaken", credits: 1);
        await account.Ask(new AccountCommand.Reserve("one", 1, "f"));
        await account.Ask(new AccountCommand.Release("one", "unused"));
        host.Records.WriteAgain("account", ((IAccountGrain)account).GetGrainId());

        await ((IAccountGrain)account).AsReference<IRemindable>().ReceiveReminder("revive", default);

        Assert.Equal(1, _reminders.Count);
    }

    /// <summary>
    /// The job removes its own reminder once the delivery has been stored. Without either reminder the webhook is lost.
    /// </summary>
    [Fact]
    public async Task Delivery_WithoutAReminder_IsNotHeld()
    {
        await using var host = await Start();
        var delivery = host.Directory.Delivery("job");
        var start = new DeliveryCommand.Start("job", new DeliverySpec("a", "https://hook.example/", "gateway.example"));
        _reminders.Broken = true;
        await Assert.ThrowsAsync<CommitFailedException>(() => delivery.Ask(start));
        Assert.False((await delivery.Read()).Ok);
        _reminders.Broken = false;

        Assert.True((await delivery.Ask(start)).Ok);
    }

    private Task<HostUnderTest> Start() => ClusterUnderTest.Start(new ClusterUnderTest
    {
        Changes = silo => silo.Services.AddSingleton<IReminderRegistry>(_reminders).AddSingleton(EgressAllowList.Empty)
            .AddSingleton(new MasterSecret(new byte[MasterSecret.LengthMin])).AddSingleton<WebhookBody>(
                (_, _) => Task.FromResult<byte[]>([])),
    });

    /// <summary>A reminder table that can be made unavailable. Its reminders never fire.</summary>
    private sealed class Reminders : IReminderRegistry
    {
        private readonly ConcurrentDictionary<GrainId, IGrainReminder> _kept = new();
        private volatile bool _broken;

        public bool Broken
        {
            get => _broken;
            set => _broken = value;
        }

        public int Count => _kept.Count;

        public void Clear() => _kept.Clear();

        public Task<IGrainReminder> RegisterOrUpdateReminder(
            GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period) => _broken
            ? Task.FromException<IGrainReminder>(new IOException("The table is away."))
            : Task.FromResult(_kept.GetOrAdd(callingGrainId, _ => new Kept(reminderName)));

        public Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
        {
            _kept.TryRemove(callingGrainId, out _);
            return Task.CompletedTask;
        }

        public Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName) =>
            Task.FromResult(_kept.GetValueOrDefault(callingGrainId));

        public Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) => throw new NotSupportedException();

        private sealed record Kept(string ReminderName) : IGrainReminder;
    }
}
