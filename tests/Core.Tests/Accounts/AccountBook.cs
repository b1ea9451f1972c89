using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

/// <summary>An account whose every event is checked as an auditor would check it.</summary>
internal sealed class AccountBook
{
    private readonly List<StatementEntry> _whole = [];
    private readonly Dictionary<long, ImmutableList<StatementEntry>> _pages = [];
    private readonly StatementChain _chain = new();
    private readonly HashSet<string> _open = [];
    private readonly HashSet<string> _resolved = [];

    public AccountState State { get; private set; } = Opened;

    /// <summary>Requested pages that are not stored yet. A crash clears the list.</summary>
    public List<AccountEffect.ArchivePages> Asked { get; } = [];

    public Decision<AccountEvent, AccountEffect> Do(AccountCommand command, DateTimeOffset now)
    {
        var decision = AccountMachine.Decide(State, command, now);
        if (decision is not Decision<AccountEvent, AccountEffect>.Accepted accepted)
            return decision;
        var captured = State.Captured;
        foreach (var @event in accepted.Events)
            Fold(@event);
        Captured(command, accepted.Events, captured);
        Asked.AddRange(accepted.Effects.OfType<AccountEffect.ArchivePages>());
        return decision;
    }

    /// <summary>Stores pages and reports that to the account. Pages may be stored twice.</summary>
    public void Store(AccountEffect.ArchivePages pages, DateTimeOffset now)
    {
        const int size = StatementRules.PageSize;
        Assert.Equal(0, pages.Entries.Count % size);
        for (var page = 0; page < pages.Entries.Count / size; page++)
        {
            var entries = pages.Entries.GetRange(page * size, size);
            if (!_pages.TryAdd(pages.First + page, entries))
                Assert.Equal(_pages[pages.First + page], entries);
        }

        Do(new AccountCommand.ArchiveStored(pages.First, pages.Entries.Count / size), now);
    }

    public void Crash()
    {
        Asked.Clear();
        Asked.AddRange(AccountMachine.Pending(State).OfType<AccountEffect.ArchivePages>());
    }

    private void Fold(AccountEvent @event)
    {
        var before = State;
        State = AccountMachine.Evolve(before, @event);
        _whole.AddRange(State.Tail.Where(entry => entry.Sequence > before.Sequence));
        Assert.All(_whole.Skip((int)before.Sequence), entry =>
            Assert.True(_chain.Verify(entry), $"{entry} does not follow."));
        Resolve(@event);
        Balance();
        Statement();
        Assert.Equal(!_open.SetEquals([]), AccountMachine.Unfinished(State));
    }

    /// <summary>Checks that the requested amount was captured, and that a release was part of a capture.</summary>
    private void Captured(AccountCommand command, ImmutableArray<AccountEvent> events, long before)
    {
        Assert.True(
            events is not [.., AccountEvent.Returned] and not [AccountEvent.Returned, not AccountEvent.Captured, ..]);
        if (command is AccountCommand.Capture { Amount: { } amount } && events.Any(e => e is AccountEvent.Captured))
            Assert.Equal(before + amount, State.Captured);
    }

    private void Resolve(AccountEvent @event)
    {
        switch (@event)
        {
            case AccountEvent.Reserved reserved:
                Assert.True(_open.Add(reserved.Reservation.JobId) && !_resolved.Contains(reserved.Reservation.JobId));
                break;
            case AccountEvent.Captured captured:
                Assert.True(_open.Remove(captured.JobId) && _resolved.Add(captured.JobId));
                break;
            case AccountEvent.Released released:
                Assert.True(_open.Remove(released.JobId) && _resolved.Add(released.JobId));
                break;
        }

        Assert.True(_open.SetEquals(State.Reservations.Keys));
    }

    private void Balance()
    {
        Assert.True(State.Available >= 0 && State.Reserved >= 0 && State.Captured >= 0, $"Negative: {State}");
        Assert.True(State.Reservations.Count <= State.Limits.Concurrency, "More reservations than allowed.");
        Assert.Equal(State.Reservations.Values.Sum(reservation => reservation.Amount), State.Reserved);
        Assert.Equal(Sum(EntryKind.Grant) + Sum(EntryKind.Adjust), State.Granted);
        Assert.Equal(Sum(EntryKind.Capture), State.Captured);
        Assert.Equal(Sum(EntryKind.Reserve) - Sum(EntryKind.Capture) - Sum(EntryKind.Release), State.Reserved);
        Assert.Equal(State.Granted, State.Available + State.Reserved + State.Captured);
    }

    private void Statement()
    {
        Assert.Equal(Enumerable.Range(1, _whole.Count), _whole.Select(entry => (int)entry.Sequence));
        if (_whole is [.., var newest])
            Assert.Equal((State.Available, State.Reserved), (newest.Available, newest.Reserved));
        Assert.Equal(0, State.Archived % StatementRules.PageSize);
        Assert.Equal(State.Chain, _chain.Newest);
        var pages = Enumerable.Range(0, (int)State.Archived / StatementRules.PageSize).SelectMany(n => _pages[n]);
        Assert.Equal(_whole, pages.Concat(State.Tail));
    }

    private long Sum(EntryKind kind) => _whole.Where(entry => entry.Kind == kind).Sum(entry => entry.Amount);
}
