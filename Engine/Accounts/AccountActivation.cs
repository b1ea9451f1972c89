using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Machines;
using TryOn.Engine.Activations;

namespace TryOn.Engine.Accounts;

/// <summary>Runs an account.</summary>
public sealed class AccountActivation(
    IActivationHost<AccountState> host, IDirectory directory, IStatementArchive archive, ILogger logger)
    : AccountActivation<AccountMachine>(host, directory, archive, logger);

/// <typeparam name="TMachine">The rules. The simulation runs machines with seeded bugs to check that it detects
/// them.</typeparam>
public class AccountActivation<TMachine>(
    IActivationHost<AccountState> host, IDirectory directory, IStatementArchive archive, ILogger logger)
    : Activation<TMachine, AccountState, AccountCommand, AccountEvent, AccountEffect>(host, logger), IAccount
    where TMachine : IMachine<AccountState, AccountCommand, AccountEvent, AccountEffect>
{
    private const int StatementMax = 1000;

    private readonly SlidingLog _tryOns = new();
    private readonly SlidingLog _reads = new();
    private readonly SlidingLog _creditReads = new();
    private readonly SlidingLog _cancels = new();

    /// <summary>
    /// Jobs that were asked for their settlement and have not answered, so that a slow host does not get more questions
    /// than it can answer.
    /// </summary>
    private readonly HashSet<string> _reconciling = [];

    /// <summary>True while an answer of a job, or the storing of a page, is outstanding.</summary>
    public bool IsReconciling => HasRunningEffects;

    public Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
        where TReply : class => Execute<TReply>(command);

    public Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed)
    {
        var key = KeyAdmission.Admit(Committed.Keys, keyHash, needed, Clock.GetUtcNow());
        if (!key.Ok)
            return Answer<AdmittedKey>(key.Error);
        _ = RecordUse(keyHash);
        return Answer(
            Count(route).Map(rate => new AdmittedKey(AccountMachine.View(Committed), key.Value.Scopes, rate.Figures)));
    }

    public Task<Result<AccountView>> Read() => Answer(IfExists(() => AccountMachine.View(Committed)));

    public Task<Result<AccountKeys>> Keys() => Answer(IfExists(() => new AccountKeys(
        [.. Committed.Keys.All.OrderBy(key => key.CreatedAt).ThenBy(key => key.Hash, StringComparer.Ordinal)])));

    public async Task<Result<StatementPage>> Statement(long after, int limit)
    {
        var state = Committed;
        if (!state.Exists)
            return Error.NoSuchAccount;
        var wanted = Math.Clamp(limit, 1, StatementMax);
        var entries = ImmutableList.CreateBuilder<StatementEntry>();
        var next = Math.Max(0, after);
        while (next < state.Archived && entries.Count < wanted)
        {
            var page = await archive.Read(state.Id, next / StatementRules.PageSize)
                ?? throw new InvalidDataException($"Statement page {next / StatementRules.PageSize} is missing.");
            var last = next;
            entries.AddRange(page.SkipWhile(entry => entry.Sequence <= last).Take(wanted - entries.Count));
            // Continues with the next page whatever this one held: a missing entry must show as a gap, not block the
            // reader.
            next = ((next / StatementRules.PageSize) + 1) * StatementRules.PageSize;
        }

        entries.AddRange(state.Tail.SkipWhile(entry => entry.Sequence <= next).Take(wanted - entries.Count));
        return new StatementPage(entries.ToImmutable(), state.Sequence);
    }

    protected override async Task Perform(AccountEffect effect)
    {
        switch (effect)
        {
            case AccountEffect.ReconcileReservation { Reservation: var reservation } when _reconciling.Add(
                reservation.JobId):
                await Reconcile(reservation);
                break;
            case AccountEffect.ReconcileReservation:
                break;
            case AccountEffect.ArchivePages pages:
                await Archive(pages);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    private async Task Archive(AccountEffect.ArchivePages pages)
    {
        const int size = StatementRules.PageSize;
        var count = pages.Entries.Count / size;
        await Task.WhenAll(Enumerable.Range(0, count).Select(
            page => archive.Save(State.Id, pages.First + page, pages.Entries.GetRange(page * size, size))));
        await Execute<object>(new AccountCommand.ArchiveStored(pages.First, count));
    }

    private async Task Reconcile(Reservation reservation)
    {
        var query = new JobCommand.GetSettlement(reservation.JobId, reservation.At);
        Result<SettlementDue> due;
        try
        {
            due = await directory.Job(reservation.JobId).Ask(query);
        }
        finally
        {
            _reconciling.Remove(reservation.JobId);
        }

        if (due.Value is { Settlement: Settlement.Captured } owed)
            await Execute<object>(
                new AccountCommand.Capture(reservation.JobId, owed.Credits, owed.Model, reservation.At));
        if (due.Value?.Settlement == Settlement.Released)
            await Execute<object>(
                new AccountCommand.Release(reservation.JobId, "job ended without a picture", reservation.At));
    }

    /// <summary>No request waits for this or fails because of it: losing a time of last use is acceptable.</summary>
    private async Task RecordUse(string keyHash)
    {
        try
        {
            if (State.Keys.Find(keyHash) is { } key && KeyAdmission.ShouldRecordUse(key, Clock.GetUtcNow()))
                await Execute<AccountKey>(new AccountCommand.UseKey(keyHash));
        }
        catch (CommitFailedException)
        {
            // The activation is invalid, as after any failed write; the next one records the next use.
        }
    }

    private Result<Counted> Count(RouteClass route)
    {
        var (log, max) = route switch
        {
            RouteClass.TryOn => (_tryOns, Committed.Limits.RequestsPerMinute),
            RouteClass.Status => (_reads, Committed.Limits.StatusRequestsPerMinute),
            RouteClass.Credits => (_creditReads, Committed.Limits.StatusRequestsPerMinute),
            RouteClass.Cancel => (_cancels, Committed.Limits.StatusRequestsPerMinute),
            _ => (null, 0),
        };
        var now = Clock.GetElapsedTime(0);
        if (log?.Admit(max, now) is { } wait)
        {
            return new Error(ErrorCode.RateLimited, "Too many requests in 60 seconds.", RetryAfter: wait)
            {
                Rate = log.Figures(max, now),
            };
        }

        return new Counted(log?.Figures(max, now));
    }

    private Result<T> IfExists<T>(Func<T> read)
        where T : class => Committed.Exists ? read() : Error.NoSuchAccount;

    private static Task<Result<T>> Answer<T>(Result<T> result)
        where T : class => Task.FromResult(result);

    private sealed record Counted(RateFigures? Figures);
}
