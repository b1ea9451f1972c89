using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Webhooks;
using TryOn.Engine.Accounts;

namespace TryOn.Engine.Tests.Activations;

/// <summary>
/// The order of steps that correctness depends on (decide, evolve, commit, effects, reply), tested on an account.
/// </summary>
public sealed class ActivationTests
{
    private static readonly AccountState Open = new()
    {
        Id = "a", Mode = AccountMode.Test, Granted = 10, Limits = new AccountLimits(Concurrency: 1000),
    };

    [Fact]
    public async Task Reply_BeforeTheCommitHolds_IsNotGiven()
    {
        var (account, host, _) = await TakenUp(Open);
        var gate = new TaskCompletionSource();
        host.BeforeWrite = () => gate.Task;

        var reply = account.Ask(new AccountCommand.Reserve("job", 1, "f"));
        var refusal = account.Ask(new AccountCommand.Reserve("job", 1, "other"));
        var read = (await account.Read()).Value!;

        Assert.False(reply.IsCompleted);
        Assert.False(refusal.IsCompleted, "a refusal may rest on a change that is not committed yet");
        Assert.Equal(0, read.Reserved);
        gate.SetResult();
        Assert.True((await reply).Ok);
        Assert.Equal(ErrorCode.IdempotencyConflict, (await refusal).Error!.Code);
        Assert.Equal(1, (await account.Read()).Value!.Reserved);
    }

    [Fact]
    public async Task Effect_BeforeTheCommitHolds_IsNotBegun()
    {
        var (account, host, archive) = await TakenUp(Open);
        for (var i = 0; i < (2 * StatementRules.PageSize) - 1; i++)
            await account.Ask(new AccountCommand.Grant(1, $"g{i}", ""));
        var gate = new TaskCompletionSource();
        host.BeforeWrite = () => gate.Task;

        var last = account.Ask(new AccountCommand.Grant(1, "last", ""));
        await Task.Yield();
        Assert.Empty(archive.Pages);
        gate.SetResult();
        await last;

        await archive.Saved.Task.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, Assert.Single(archive.Pages).Number);
    }

    [Fact]
    public async Task Write_ThatFails_VoidsTheActivation()
    {
        var (account, host, _) = await TakenUp(Open);
        host.BeforeWrite = () => Task.FromException(new IOException("disk"));

        await Assert.ThrowsAsync<CommitFailedException>(
            () => account.Ask(new AccountCommand.Reserve("job", 1, "f")));

        Assert.True(host.Dropped);
        Assert.True(account.Idle);
        await Assert.ThrowsAsync<CommitFailedException>(
            () => account.Ask(new AccountCommand.Grant(1, "g", "")));
        Assert.Empty(host.Writes);
    }

    [Fact]
    public async Task OpenReservation_AfterActivation_AsksItsJob()
    {
        var reservation = new Reservation("job", 1, DateTimeOffset.UnixEpoch, "f");
        var state = Open with { Reserved = 1, Reservations = Open.Reservations.Add("job", reservation) };
        var (account, host, _) = await TakenUp(state, new GetSettlement(Settlement.Captured));

        var view = await Eventually(account, view => view.OpenReservations == 0);

        Assert.Equal((9, 0, 1), (view.Available, view.Reserved, view.Captured));
        Assert.False(host.Writes[^1].Unfinished);
    }

    /// <summary>
    /// The job's own settlement was lost in a crash. The reconciliation of the account must have the same result.
    /// </summary>
    [Fact]
    public async Task OpenReservation_OfACheaperAnswer_IsCapturedAtItsPrice()
    {
        var reservation = new Reservation("job", 3, DateTimeOffset.UnixEpoch, "f", new Purchase("key", "dear"));
        var state = Open with { Reserved = 3, Reservations = Open.Reservations.Add("job", reservation) };
        var (account, host, _) = await TakenUp(
            state, new GetSettlement(Settlement.Captured, credits: 1, model: "cheap"));

        var view = await Eventually(account, view => view.OpenReservations == 0);

        Assert.Equal((9, 0, 1), (view.Available, view.Reserved, view.Captured));
        Assert.Equal("cheap", host.Writes[^1].State.Tail[^1].For?.Model);
    }

    [Fact]
    public async Task OpenReservation_OfARunningJob_StaysAndIsAskedAgain()
    {
        var reservation = new Reservation("job", 1, DateTimeOffset.UnixEpoch, "f");
        var state = Open with { Reserved = 1, Reservations = Open.Reservations.Add("job", reservation) };
        var judge = new GetSettlement(Settlement.None);
        var (account, host, _) = await TakenUp(state, judge);
        await judge.Asked.Task;

        Assert.Equal(1, (await account.Read()).Value!.Reserved);
        Assert.NotNull(host.Armed);
        Assert.False(account.Idle);
        await account.OnDue();
        await judge.AskedTwice.Task.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(2, judge.Count);
    }

    /// <summary>Otherwise an account with very many jobs would ask faster than a busy machine answers.</summary>
    [Fact]
    public async Task OpenReservation_WhoseJobHasNotAnswered_IsNotAskedAgain()
    {
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromHours(1));
        var reservation = new Reservation("job", 1, DateTimeOffset.UnixEpoch, "f");
        var state = Open with { Reserved = 1, Reservations = Open.Reservations.Add("job", reservation) };
        var judge = new GetSettlement(Settlement.None) { Answering = new TaskCompletionSource() };
        var (account, _, _) = await TakenUp(state, judge, clock);
        await judge.Asked.Task;

        await account.OnDue();
        await Assert.ThrowsAsync<TimeoutException>(
            () => judge.AskedTwice.Task.WaitAsync(TimeSpan.FromMilliseconds(200)));

        judge.Answering.SetResult();
        await Eventually(account, _ => judge.Answered == 1);
        clock.Advance(AccountMachine.ReconcileAfter);
        await account.OnDue();
        await judge.AskedTwice.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Clock_SetBack_DelaysNothingThatIsDue()
    {
        var clock = new SettableClock();
        clock.Advance(TimeSpan.FromHours(1));
        var reservation = new Reservation("job", 1, clock.GetUtcNow(), "f");
        var state = Open with
        {
            Reserved = 1, Reservations = Open.Reservations.Add("job", reservation), DrivenAt = clock.GetUtcNow(),
        };
        var judge = new GetSettlement(Settlement.None);
        var (account, host, _) = await TakenUp(state, judge, clock);
        await judge.Asked.Task;
        var wait = host.Armed!.Value - clock.GetUtcNow();

        clock.Offset = TimeSpan.FromMinutes(-10);
        for (var time = 0; time < 3; time++)
        {
            var writes = host.Writes.Count;
            clock.Advance(wait);
            await account.OnDue();
            Assert.Equal(writes + 1, host.Writes.Count);
            Assert.Equal(wait, host.Armed!.Value - clock.GetUtcNow());
        }
    }

    private static async Task<AccountView> Eventually(AccountActivation account, Func<AccountView, bool> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (true)
        {
            var view = (await account.Read()).Value!;
            if (done(view))
                return view;
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<(AccountActivation Account, FakeHost<AccountState> Host, Archive Archive)> TakenUp(
        AccountState state, IDirectory? directory = null, TimeProvider? clock = null)
    {
        var host = new FakeHost<AccountState>(state) { Clock = clock ?? TimeProvider.System };
        var archive = new Archive();
        var account = new AccountActivation(
            host, directory ?? new GetSettlement(Settlement.None), archive, NullLogger<AccountActivation>.Instance);
        await account.Resume();
        return (account, host, archive);
    }

    private sealed class Archive : IStatementArchive
    {
        public List<(long Number, ImmutableList<StatementEntry> Entries)> Pages { get; } = [];

        public TaskCompletionSource Saved { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Save(string accountId, long number, ImmutableList<StatementEntry> entries)
        {
            Pages.Add((number, entries));
            Saved.TrySetResult();
            return Task.CompletedTask;
        }

        public Task<ImmutableList<StatementEntry>?> Read(string accountId, long number) =>
            Task.FromResult(Pages.FirstOrDefault(page => page.Number == number).Entries)!;
    }

    /// <summary>A directory whose every job answers with this settlement.</summary>
    private sealed class GetSettlement(Settlement settlement, long? credits = null, string? model = null) : IDirectory,
    IJob
    {
        private int _count;

        public int Count => _count;

        public int Answered { get; private set; }

        /// <summary>The task that the first answer waits for.</summary>
        public TaskCompletionSource? Answering { get; init; }

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource AskedTwice { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IAccount Account(string id) => throw new NotSupportedException();

        public IJob Job(string id) => this;

        public IDelivery Delivery(string id) => throw new NotSupportedException();

        public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => throw new NotSupportedException();

        public Task<Result<JobView>> Read() => throw new NotSupportedException();

        public async Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
            where TReply : class
        {
            if (Interlocked.Increment(ref _count) == 2)
                AskedTwice.TrySetResult();
            Asked.TrySetResult();
            if (Answering is not null)
                await Answering.Task;
            Answered++;
            return (TReply)(object)new SettlementDue(settlement, credits, model);
        }
    }
}
