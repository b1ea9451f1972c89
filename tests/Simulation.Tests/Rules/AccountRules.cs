using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Simulation.Tests.Rules;

/// <summary>
/// Keeps independent books of every account from its committed statement, and compares the record with them.
/// </summary>
internal sealed class AccountRules(World world)
{
    private readonly Dictionary<string, Books> _books = [];

    public Books BooksOf(string account) =>
        _books.TryGetValue(account, out var books) ? books : _books[account] = new Books();

    public bool IsCaptured(JobState job, string id) =>
        job.Spec is { } spec && BooksOf(spec.AccountId).Captures.GetValueOrDefault(id) > 0;

    public void Committed(string id, AccountState? before, AccountState after)
    {
        var books = BooksOf(id);
        world.Hold(
            after.Sequence >= books.Entries.Count, "I5 sequence",
            $"{id} went back from {books.Entries.Count} to {after.Sequence}.");
        world.Hold(
            after.Tail.IsEmpty || after.Tail[^1].Sequence == after.Sequence, "I5 sequence",
            $"{id} ends its tail at {(after.Tail.IsEmpty ? 0 : after.Tail[^1].Sequence)}, and says {after.Sequence}.");
        foreach (var entry in after.Tail)
            Entered(id, books, entry);
        world.Hold(books.Entries.Count == after.Sequence, "I5 sequence", $"{id} has gaps before {after.Sequence}.");
        world.Hold(books.Part is null, "I3 price", $"{id} gave back a part for {books.Part} and captured nothing.");
        Tally(id, books, before, after);
    }

    /// <summary>
    /// A caller was answered that credits are reserved; they must stay reserved until the job has ended.
    /// </summary>
    public void Reserved(string account, string jobId) => world.Hold(
        BooksOf(account).Ever(jobId), "I8 shown", $"{jobId} was said to be reserved and is not.");

    public void AtTheEnd(string id, AccountState account)
    {
        var archived = new List<StatementEntry>();
        for (var number = 0L; archived.Count < account.Archived; number++)
        {
            if (world.Archive.Page(id, number) is not { } page)
            {
                world.Break("I5 sequence", $"Page {number} of {id} is lost.");
                return;
            }

            archived.AddRange(page);
        }

        world.Hold(
            archived.Concat(account.Tail).SequenceEqual(BooksOf(id).Entries), "I5 sequence",
            $"The statement of {id} is not what was committed.");
    }

    private void Entered(string id, Books books, StatementEntry entry)
    {
        if (entry.Sequence <= books.Entries.Count)
        {
            world.Hold(books.Entries[(int)entry.Sequence - 1] == entry, "I5 sequence", $"{id} changed entry {entry}.");
            return;
        }

        world.Hold(entry.Sequence == books.Entries.Count + 1, "I5 sequence", $"{id} skips to {entry.Sequence}.");
        world.Hold(entry.Available >= 0 && entry.Reserved >= 0, "I2 balance", $"{id} went below zero: {entry}.");
        books.Enter(entry);
        world.Hold(
            books.Available == entry.Available && books.Reserved == entry.Reserved, "I1 sums",
            $"{id} should have {books.Available} and {books.Reserved} reserved: {entry}.");
        Resolution(books, entry);
    }

    private void Resolution(Books books, StatementEntry entry)
    {
        var job = entry.JobId is null ? null : world.Jobs.State(entry.JobId);
        switch (entry.Kind)
        {
            case EntryKind.Grant:
                world.Hold(books.Grants[entry.OperationId] == 1, "I8 repeat", $"{entry.OperationId} granted twice.");
                break;
            case EntryKind.Reserve:
                world.Hold(books.Open[entry.JobId!] == 1, "I3 resolution", $"{entry.JobId} reserved while it is open.");
                world.Hold(books.SinceResolution(entry) >= StatementRules.PageSize, "I8 repeat",
                    $"{entry.JobId} reserved again though its end is still in the tail.");
                break;
            case EntryKind.Capture:
                Resolved(books, entry);
                world.Hold(books.Captures[entry.JobId!] == 1, "I3 captured once", $"{entry.JobId} captured twice.");
                world.Hold(job?.Status == JobStatus.Succeeded, "I3 charge",
                    $"{entry.JobId} captured while {job?.Status}.");
                var price = job?.Spec?.RouteAt(job.Fallback).Credits;
                world.Hold(entry.Amount == price, "I3 price",
                    $"{entry.JobId} captured {entry.Amount}; its model costs {price}.");
                break;
            case EntryKind.Release when books.Part is not null:
                world.Hold(job?.Status == JobStatus.Succeeded, "I3 release",
                    $"{entry.JobId} gave back a part while {job?.Status}.");
                break;
            default:
                Resolved(books, entry);
                var charged = job?.Status == JobStatus.Succeeded && books.Captures.GetValueOrDefault(entry.JobId!) == 1;
                world.Hold(
                    charged || job?.Status is JobStatus.Failed or JobStatus.Canceled, "I3 release",
                    $"{entry.JobId} released while {job?.Status.ToString() ?? "absent"}.");
                break;
        }
    }

    private void Resolved(Books books, StatementEntry entry) => world.Hold(
        books.Open.GetValueOrDefault(entry.JobId!) == 0, "I3 resolution",
        $"{entry.JobId} resolved though it is not open.");

    private void Tally(string id, Books books, AccountState? before, AccountState after)
    {
        var held = after.Reservations.Values.Sum(reservation => reservation.Amount);
        world.Hold(after.Reserved == held, "I1 sums", $"{id} says {after.Reserved} reserved and holds {held}.");
        world.Hold(after.Available >= 0, "I2 balance", $"{id} has {after.Available}.");
        world.Hold(
            books.Available == after.Available && books.Reserved == after.Reserved && books.Captured == after.Captured,
            "I1 sums", $"{id} has {after.Available}, {after.Reserved}, {after.Captured} against its statement.");
        world.Hold(
            after.Reservations.Count <= after.Limits.Concurrency, "I6 concurrency",
            $"{id} has {after.Reservations.Count} open.");
        world.Hold(
            books.Open.Count == after.Reservations.Count && after.Reservations.Keys.All(books.Open.ContainsKey),
            "I3 resolution", $"{id} has other reservations open than its statement.");
        world.Hold(before is null || after.CreatedAt == before.CreatedAt, "I8 repeat", $"{id} was opened anew.");
    }
}
