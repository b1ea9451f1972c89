using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Machines;

namespace TryOn.Engine.Accounts;

/// <summary>An account at work.</summary>
public sealed class AccountActivation(
    IActivationHost<AccountState> host, IDirectory directory, IStatementArchive archive, ILogger logger)
    : AccountActivation<AccountMachine>(host, directory, archive, logger);

/// <typeparam name="TMachine">The rules; the simulation runs flawed ones to see whether it would notice.</typeparam>
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

    /// <summary>Jobs that have been asked and have not answered: a slow machine is not asked for more than it can answer.</summary>
    private readonly HashSet<string> _driven = [];

    /// <summary>Whether a job that it asked has yet to answer, or a page to be stored.</summary>
    public bool RevivesJobs => Performing;

    public Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
        where TReply : class => Execute<TReply>(command);

    public Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed)
    {
        var key = KeyAdmission.Admit(Committed.Keys, keyHash, needed, Clock.GetUtcNow());
        if (!key.Ok)
            return Answer<AdmittedKey>(key.Error);
        _ = RecordUse(keyHash);
        return Answer(Count(route).Map(rate => new AdmittedKey(AccountMachine.View(Committed), key.Value.Scopes, rate.Figures)));
    }

    public Task<Result<AccountView>> Read() => Answer(IfOpen(() => AccountMachine.View(Committed)));

    public Task<Result<AccountKeys>> Keys() => Answer(IfOpen(() => new AccountKeys(
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
            var page = await archive.Read(state.Id, next / AccountMachine.PageSize)
                ?? throw new InvalidDataException($"Statement page {next / AccountMachine.PageSize} is missing.");
            var last = next;
            entries.AddRange(page.SkipWhile(entry => entry.Sequence <= last).Take(wanted - entries.Count));
            // On to the next page whatever this one held: one that lost an entry must show as a gap, not hold its reader.
            next = ((next / AccountMachine.PageSize) + 1) * AccountMachine.PageSize;
        }

        entries.AddRange(state.Tail.SkipWhile(entry => entry.Sequence <= next).Take(wanted - entries.Count));
        return new StatementPage(entries.ToImmutable(), state.Sequence);
    }

    protected override async Task Perform(AccountEffect effect)
    {
        switch (effect)
        {
            case AccountEffect.DriveJob { Reservation: var reservation } when _driven.Add(reservation.JobId):
                await Drive(reservation);
                break;
            case AccountEffect.DriveJob:
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
        const int size = AccountMachine.PageSize;
        var count = pages.Entries.Count / size;
        await Task.WhenAll(Enumerable.Range(0, count).Select(
            page => archive.Save(State.Id, pages.First + page, pages.Entries.GetRange(page * size, size))));
        await Execute<object>(new AccountCommand.ArchiveStored(pages.First, count));
    }

    private async Task Drive(Reservation reservation)
    {
        var judge = new JobCommand.Judge(reservation.JobId, reservation.At);
        Result<Verdict> verdict;
        try
        {
            verdict = await directory.Job(reservation.JobId).Ask(judge);
        }
        finally
        {
            _driven.Remove(reservation.JobId);
        }

        if (verdict.Value is { Settlement: Settlement.Captured } owed)
            await Execute<object>(new AccountCommand.Capture(reservation.JobId, owed.Credits, owed.Model, reservation.At));
        if (verdict.Value?.Settlement == Settlement.Released)
            await Execute<object>(new AccountCommand.Release(reservation.JobId, "job ended without a picture", reservation.At));
    }

    /// <summary>No request waits for it, and none fails for it: a time of last use may be lost.</summary>
    private async Task RecordUse(string keyHash)
    {
        try
        {
            if (State.Keys.Find(keyHash) is { } key && KeyAdmission.WantsUse(key, Clock.GetUtcNow()))
                await Execute<AccountKey>(new AccountCommand.UseKey(keyHash));
        }
        catch (CommitFailedException)
        {
            // The activation is void, as after any failed write; the next use is recorded by the next one.
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
                Rate = log.Stand(max, now),
            };
        }

        return new Counted(log?.Stand(max, now));
    }

    private Result<T> IfOpen<T>(Func<T> read)
        where T : class => Committed.Exists ? read() : Error.NoSuchAccount;

    private static Task<Result<T>> Answer<T>(Result<T> result)
        where T : class => Task.FromResult(result);

    private sealed record Counted(RateFigures? Figures);
}
