using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TryOn.Api.Admin;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Embedded;
using TryOn.Embedded.Storage;
using TryOn.Engine;

namespace TryOn.Api.Tests.Admin.Books;

/// <summary>
/// The books of an installation that has run for a while, written straight into its store. The machines themselves make
/// the records, and they are stored as the engine stores them; only HTTP and the waiting are left out.
/// </summary>
internal sealed class PaperBooks : IAsyncDisposable
{
    private const int WritesAtOnce = 2000;

    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-books-").FullName;
    private readonly ServiceProvider _services;
    private readonly List<Task> _writes = [];

    public PaperBooks()
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["TryOn:DataDirectory"] = _folder }).Build();
        _services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddEmbedded(configuration)
            .AddSingleton(Options.Create(new LimitOptions())).AddSingleton<JobAudit>().AddSingleton<Audit>()
            .BuildServiceProvider();
    }

    public Tampering Tampering { get; init; } = new();

    public IDirectory Accounts => _services.GetRequiredService<IDirectory>();

    /// <summary>Accounts and jobs that stay in memory.</summary>
    public int InMemory => _services.GetRequiredService<EmbeddedDirectory>().Count;

    public Task<AuditReport> Audit() => _services.GetRequiredService<Audit>().Run(CancellationToken.None);

    /// <summary>An account that has had so many jobs, one in ten without success.</summary>
    public async Task Write(string id, int jobs, DateTimeOffset now)
    {
        var (opened, first) = (now.AddDays(-3), jobs - (jobs / 10));
        var account = Evolve(
            AccountMachine.Initial, new AccountEvent.Opened(id, id, AccountMode.Live, new(), opened),
            new AccountEvent.Granted(jobs, "opening", "opening credits", opened));
        for (var number = 0; number < jobs; number++)
        {
            // The last tenth is of this day, and its pictures are still there.
            var at = number < first ? opened.AddSeconds(number) : now.AddHours(-1);
            account = await Pages(id, await Job(account, $"job_{id}_{number}", at, keeps: number >= first, fails: number % 10 == 3));
        }

        await Put(Store.Write(
            new GrainKey(GrainKind.Account, id), version: 0, unfinished: false,
            JsonSerializer.SerializeToUtf8Bytes(Tampering.Account(account), StateJson.Account)));
        await Task.WhenAll(_writes);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private SqliteStore Store => _services.GetRequiredService<SqliteStore>();

    private async Task<AccountState> Job(AccountState account, string id, DateTimeOffset at, bool keeps, bool fails)
    {
        var picture = new PictureId(id, "out-1-0.png");
        var content = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(id));
        var spec = new JobSpec(
            account.Id, AccountMode.Live, Requests.Kling, "kling", 1, [], [], Prompt: null, FastMode: false, "print", at.AddMinutes(10));
        var output = new Output(
            picture, "image/png", 1, 1, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)));
        JobEvent end = fails
            ? new JobEvent.Failed(RetryPolicy.Tell(default), Cause: null, at.AddSeconds(30))
            : new JobEvent.Succeeded([output], at.AddSeconds(30));
        var job = Evolve(
            JobMachine.Initial, new JobEvent.Accepted(id, spec, at), new JobEvent.AttemptStarted(1, $"{id}-1", at),
            new JobEvent.AttemptAccepted("up", at), end, new JobEvent.Settled(fails ? Settlement.Released : Settlement.Captured));
        await Put(Store.Write(
            new GrainKey(GrainKind.Job, id), version: 0, unfinished: false,
            JsonSerializer.SerializeToUtf8Bytes(Tampering.Job(job), StateJson.Job)));
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
        var folder = Path.Combine(_services.GetRequiredService<DataDirectory>().Pictures, picture.JobId);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, picture.Name), kept);
    }

    private async Task<AccountState> Pages(string id, AccountState account)
    {
        if (account.Tail.Count < 2 * AccountMachine.PageSize)
            return account;
        var page = account.Tail.GetRange(0, AccountMachine.PageSize);
        await Put(Store.Save(id, account.Archived / AccountMachine.PageSize, Tampering.Page(page)));
        return Evolve(account, new AccountEvent.PageArchived(AccountMachine.PageSize));
    }

    private async Task Put(Task write)
    {
        _writes.Add(write);
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

/// <summary>What a hand makes of the records before they are stored.</summary>
internal sealed record Tampering
{
    public Func<AccountState, AccountState> Account { get; init; } = account => account;

    public Func<ImmutableList<StatementEntry>, ImmutableList<StatementEntry>> Page { get; init; } = page => page;

    public Func<JobState, JobState> Job { get; init; } = job => job;

    /// <summary>Null for a picture that is gone.</summary>
    public Func<byte[], byte[]?> Picture { get; init; } = picture => picture;
}
