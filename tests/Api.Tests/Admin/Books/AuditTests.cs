using System.Collections.Immutable;
using TryOn.Api.Admin;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Tests.Admin.Books;

public sealed class AuditTests
{
    /// <summary>Enough for archived pages, a tail, and some jobs whose pictures are still stored.</summary>
    private const int Few = 200;

    private const string Account = "tampered";
    private const string One = "job_tampered_5";

    [Fact]
    public async Task HundredThousandJobs_InOrder_AreFoundInOrder()
    {
        await using var books = await PaperBooks.Open();
        await books.Write("large", 50_000, Now);
        for (var i = 0; i < 50; i++)
            await books.Write($"account-{i}", 1000, Now);

        var report = await books.Audit();

        Assert.Empty(report.Findings);
        Assert.Equal((true, 51, 100_000, 0), (report.Ok, report.Accounts, report.Jobs, report.Count));
        // The jobs that were read last leave memory within a second.
        await TestAccount.Until(async () => await books.InMemory() <= 51, () => "jobs that were read stay in memory");
    }

    [Fact]
    public async Task Balance_ChangedInTheRecord_IsFound() => Assert.Equal(
        [(AuditCode.RecordWrong, null)],
        await Find(new Tampering { Account = account => account with { Granted = account.Granted + 5 } }));

    [Fact]
    public async Task Amount_ChangedInAnArchivedPage_IsFound()
    {
        var found = await Find(new Tampering { Page = page => Change(page, entry => entry with { Amount = 2 }) });

        Assert.Contains((AuditCode.ResolvedUnreserved, One), found);
        Assert.Contains((AuditCode.BalanceWrong, One), found);
        Assert.Contains((AuditCode.RecordWrong, null), found);
    }

    [Fact]
    public async Task Entry_TakenOutOfAPage_IsFound()
    {
        var found = await Find(new Tampering { Page = page => page.RemoveAll(IsOne) });

        Assert.Equal(AuditCode.SequenceGap, found[0].Code);
    }

    /// <summary>Only the hash chain can detect this, since the figures are unchanged.</summary>
    [Fact]
    public async Task Entry_RewrittenWithTheSameFigures_IsFound()
    {
        var found = await Find(new Tampering
        {
            Page = page => Change(page, entry => entry with { At = entry.At.AddHours(-1) }),
        });

        Assert.Equal([(AuditCode.ChainBroken, One)], found);
    }

    [Fact]
    public async Task Picture_Missing_IsFound() => Assert.All(
        await Find(new Tampering { Picture = _ => null }), found => Assert.Equal(AuditCode.PictureWrong, found.Code));

    [Fact]
    public async Task Picture_Changed_IsFound() => Assert.All(
        await Find(new Tampering { Picture = picture => [.. picture, 0] }),
        found => Assert.Equal(AuditCode.PictureWrong, found.Code));

    [Fact]
    public async Task Capture_OfAFailedJob_IsFound() => Assert.Equal(
        [(AuditCode.OutcomeWrong, One)],
        await Find(new Tampering { Job = job => job.Id == One ? Failed(job) : job }));

    [Fact]
    public async Task Job_WithTooManySubmits_IsFound() => Assert.Equal(
        [(AuditCode.SubmitsExceeded, One)],
        await Find(new Tampering { Job = job => job.Id == One ? Repeated(job) : job }));

    /// <summary>
    /// The job still runs; otherwise the account would have settled the reservation as soon as it was read.
    /// </summary>
    [Fact]
    public async Task Reservation_OpenForHours_IsFound()
    {
        var found = await Find(new Tampering
        {
            Account = account => AccountMachine.Evolve(
                account with { Granted = account.Granted + 1 },
                new AccountEvent.Reserved(new Reservation(One, 1, Now.AddHours(-2), "print"))),
            Job = job => job.Id == One ? Running(job) : job,
        });

        Assert.Contains((AuditCode.ReservationOverdue, One), found);
    }

    [Fact]
    public async Task Job_OfAnotherAccount_IsNoneOfThis() => Assert.Equal(
        [(AuditCode.JobMissing, One)],
        await Find(new Tampering
        {
            Job = job => job.Id == One ? job with { Spec = job.Spec! with { AccountId = "somebody" } } : job,
        }));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private static async Task<IReadOnlyList<(AuditCode Code, string? Job)>> Find(Tampering tampering)
    {
        await using var books = await PaperBooks.Open(tampering);
        await books.Write(Account, Few, Now);
        var report = await books.Audit();
        Assert.False(report.Ok);
        return [.. report.Findings.Select(finding => (finding.Code, finding.Job))];
    }

    private static ImmutableList<StatementEntry> Change(
        ImmutableList<StatementEntry> page, Func<StatementEntry, StatementEntry> change) =>
        page.ConvertAll(entry => IsOne(entry) ? change(entry) : entry);

    private static bool IsOne(StatementEntry entry) => entry is { JobId: One, Kind: EntryKind.Capture };

    private static JobState Running(JobState job) => job with
    {
        Status = JobStatus.Waiting, EndedAt = null, Settlement = Settlement.None, NextAt = Now.AddHours(1),
        Spec = job.Spec! with { DeadlineAt = Now.AddHours(1) },
    };

    private static JobState Failed(JobState job) => job with
    {
        Status = JobStatus.Failed, Outputs = [], Error = Error.NoSuchJob,
    };

    private static JobState Repeated(JobState job) =>
        job with { Attempt = job.Attempt! with { Number = 3 }, FailedAttempts =
    [
        new FailedAttempt(1, "a", Core.Providers.FaultKind.OutcomeUnknown, "lost", Now),
        new FailedAttempt(2, "b", Core.Providers.FaultKind.OutcomeUnknown, "lost", Now),
    ] };
}
