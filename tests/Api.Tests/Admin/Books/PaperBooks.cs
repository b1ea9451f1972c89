using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Api.Admin;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;
using TryOn.Grains.Accounts;
using TryOn.Grains.Storage;

namespace TryOn.Api.Tests.Admin.Books;

/// <summary>
/// The books of an installation that has run for a while, written straight into its store. The production machines
/// create the records, which are stored as the engine stores them, without HTTP and without waiting.
/// </summary>
internal sealed class PaperBooks : IAsyncDisposable
{
    private const int WritesAtOnce = 2000;

    private readonly List<Task> _writes = [];
    private readonly GatewayRun _run;

    private PaperBooks(GatewayRun run, Tampering tampering) => (_run, Tampering) = (run, tampering);

    public Tampering Tampering { get; }

    public IDirectory Accounts => _run.Services.GetRequiredService<IDirectory>();

    private IGrainStorage Records => _run.Services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);

    private IGrainFactory Grains => _run.Services.GetRequiredService<IGrainFactory>();

    public static async Task<PaperBooks> Open(Tampering? tampering = null) =>
        new(await GatewayRun.Start(), tampering ?? new());

    /// <summary>How many accounts and jobs are in memory.</summary>
    public async Task<int> InMemory() => (await Grains.GetGrain<IManagementGrain>(0).GetSimpleGrainStatistics())
        .Where(kind => kind.GrainType.Contains("AccountGrain") || kind.GrainType.Contains("JobGrain"))
        .Sum(kind => kind.ActivationCount);

    public Task<AuditReport> Audit() => _run.Services.GetRequiredService<Audit>().Run(CancellationToken.None);

    /// <summary>Writes an account with so many jobs, of which one in ten has failed.</summary>
    public async Task Write(string id, int jobs, DateTimeOffset now)
    {
        var (opened, first) = (now.AddDays(-3), jobs - (jobs / 10));
        var account = Evolve(
            AccountMachine.Initial, new AccountEvent.Opened(id, id, AccountMode.Live, new(), opened),
            new AccountEvent.Granted(jobs, "opening", "opening credits", opened));
        for (var number = 0; number < jobs; number++)
        {
            // The last tenth of the jobs is of today, with pictures that are still stored.
            var at = number < first ? opened.AddSeconds(number) : now.AddHours(-1);
            account = await Pages(
                id, await Job(account, $"job_{id}_{number}", at, keeps: number >= first, fails: number % 10 == 3));
        }

        await Put("account", id, Tampering.Account(account));
        await Task.WhenAll(_writes);
        await AccountIndex.Shard(Grains, id).Add(id);
    }

    public ValueTask DisposeAsync() => _run.DisposeAsync();

    private async Task<AccountState> Job(AccountState account, string id, DateTimeOffset at, bool keeps, bool fails)
    {
        var picture = new PictureId(id, "out-1-0.png");
        var content = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id));
        var spec = new JobSpec(
            account.Id, AccountMode.Live, Requests.Kling, "kling", 1, [], [], Prompt: null, FastMode: false, "print",
            at.AddMinutes(10));
        var output = new Output(
            picture, "image/png", 1, 1, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        JobEvent end = fails
            ? new JobEvent.Failed(RetryPolicy.ErrorFor(default), Cause: null, at.AddSeconds(30))
            : new JobEvent.Succeeded([output], at.AddSeconds(30));
        var job = Evolve(
            JobMachine.Initial, new JobEvent.Accepted(id, spec, at), new JobEvent.AttemptStarted(1, $"{id}-1", at),
            new JobEvent.AttemptAccepted("up", at), end,
            new JobEvent.Settled(fails ? Settlement.Released : Settlement.Captured));
        await Put("job", id, Tampering.Job(job));
        if (keeps && !fails)
            Keep(picture, content);
        var reserved = new AccountEvent.Reserved(new Reservation(id, 1, at, "print", new Purchase("key", spec.Model)));
        AccountEvent resolved = fails
            ? new AccountEvent.Released(id, "job ended without a picture", at.AddSeconds(30))
            : new AccountEvent.Captured(id, at.AddSeconds(30));
        return Evolve(account, reserved, resolved);
    }

    private void Keep(PictureId picture, byte[] content)
    {
        if (Tampering.Picture(content) is not { } kept)
            return;
        var folder = Path.Combine(_run.Root, "pictures", picture.JobId);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, picture.Name), kept);
    }

    private async Task<AccountState> Pages(string id, AccountState account)
    {
        if (account.Tail.Count < 2 * StatementRules.PageSize)
            return account;
        var page = account.Tail.GetRange(0, StatementRules.PageSize);
        var entries = new StatementPageState { Entries = Tampering.Page(page) };
        await Put("statement-page", $"{id}/{account.Archived / StatementRules.PageSize}", entries);
        return Evolve(account, new AccountEvent.PageArchived(StatementRules.PageSize));
    }

    /// <param name="kind">The type of the grain, which is also the name of its record.</param>
    private async Task Put<TState>(string kind, string key, TState state)
    {
        _writes.Add(Records.WriteStateAsync(kind, GrainId.Create(kind, key), new GrainState<TState>(state)));
        if (_writes.Count < WritesAtOnce)
            return;
        await Task.WhenAll(_writes);
        _writes.Clear();
    }

    private static AccountState Evolve(AccountState state, params ReadOnlySpan<AccountEvent> events)
    {
        foreach (var @event in events)
            state = AccountMachine.Evolve(state, @event);
        return state;
    }

    private static JobState Evolve(JobState state, params ReadOnlySpan<JobEvent> events)
    {
        foreach (var @event in events)
            state = JobMachine.Evolve(state, @event);
        return state;
    }
}

/// <summary>Changes to the records before they are stored, as a tampering hand would make them.</summary>
internal sealed record Tampering
{
    public Func<AccountState, AccountState> Account { get; init; } = account => account;

    public Func<ImmutableList<StatementEntry>, ImmutableList<StatementEntry>> Page { get; init; } = page => page;

    public Func<JobState, JobState> Job { get; init; } = job => job;

    /// <summary>Returns null to remove the picture.</summary>
    public Func<byte[], byte[]?> Picture { get; init; } = picture => picture;
}
