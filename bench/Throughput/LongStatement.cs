using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Grains.Accounts;
using TryOn.Grains.Storage;
using TryOn.Silo;

namespace TryOn.Throughput;

/// <summary>
/// Compares the admission time of an account with a million statement entries with that of a new one.
/// </summary>
internal static class LongStatement
{
    private const int Entries = 1_000_000;
    private const int Measured = 2000;
    private const int ParallelPages = 1000;

    public static async Task Run()
    {
        var folder = Directory.CreateTempSubdirectory("tryon-bench-").FullName;
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--TryOn:DataDirectory", folder]);
        builder.Logging.ClearProviders();
        builder.AddNode();
        TimeSpan[] fresh, old;
        await using (var app = builder.Build())
        {
            await app.StartAsync();
            var store = app.Services.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);
            await Write(store, "new", entries: 1);
            await Write(store, "old", Entries);
            var accounts = app.Services.GetRequiredService<IDirectory>();
            // A warm-up run first, so that both accounts are measured on a warm process.
            await Time(accounts.Account("new"), "warm");
            fresh = await Time(accounts.Account("new"), "first");
            old = await Time(accounts.Account("old"), "second");
            await app.StopAsync();
        }

        using (var records = new StoredRecords(folder))
        {
            await Console.Out.WriteLineAsync(
                "| account | entries | record bytes | reserve p50 ms | p99 ms | ratio of p50 |");
            await Console.Out.WriteLineAsync("|---|---|---|---|---|---|");
            await WriteRow(records, "new", fresh, fresh);
            await WriteRow(records, "old", old, fresh);
        }

        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Lets the account's state machine create the entries, and stores the pages as the engine does.</summary>
    private static async Task Write(IGrainStorage store, string id, int entries)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var limits = new AccountLimits(int.MaxValue, int.MaxValue, Concurrency: 1000);
        var account = AccountMachine.Evolve(
            AccountMachine.Initial, new AccountEvent.Opened(id, id, AccountMode.Test, limits, at));
        account = AccountMachine.Evolve(account, new AccountEvent.Granted(10_000_000, "opening", "", at));
        var pages = new List<Task>();
        for (var number = 0; account.Sequence < entries; number++)
        {
            var reservation = new Reservation($"job_{number}", 1, at.AddSeconds(number), "print");
            account = AccountMachine.Evolve(account, new AccountEvent.Reserved(reservation));
            account = AccountMachine.Evolve(
                account, new AccountEvent.Captured(reservation.JobId, at.AddSeconds(number + 20)));
            if (account.Tail.Count < 2 * StatementRules.PageSize)
                continue;
            var page = account.Tail.GetRange(0, StatementRules.PageSize);
            var name = $"{id}/{account.Archived / StatementRules.PageSize}";
            pages.Add(Put(store, "statement-page", name, new StatementPageState { Entries = page }));
            account = AccountMachine.Evolve(account, new AccountEvent.PageArchived(StatementRules.PageSize));
            if (pages.Count % ParallelPages == 0)
                await Task.WhenAll(pages);
        }

        await Task.WhenAll(pages);
        await Put(store, "account", id, account);
    }

    private static Task Put<T>(IGrainStorage store, string kind, string id, T state) =>
        store.WriteStateAsync(kind, GrainId.Create(kind, id), new GrainState<T>(state));

    /// <summary>Reserves one at a time, so that no commit is shared and each reservation's full cost shows.</summary>
    private static async Task<TimeSpan[]> Time(IAccount account, string run)
    {
        var (clock, times) = (TimeProvider.System, new List<TimeSpan>());
        for (var number = 0; number < Measured; number++)
        {
            var start = clock.GetTimestamp();
            var reserved = await account.Ask(new AccountCommand.Reserve($"{run}_{number}", 1, "print"));
            times.Add(clock.GetElapsedTime(start));
            if (!reserved.Ok)
                throw new InvalidOperationException(reserved.Error.Message);
            await account.Ask(new AccountCommand.Capture($"{run}_{number}"));
        }

        return [.. times.Order()];
    }

    private static async Task WriteRow(StoredRecords records, string id, TimeSpan[] times, TimeSpan[] fresh)
    {
        var (account, _, bytes) = records.Read<AccountState>("account", id);
        var (p50, base50) = (
            Load.Percentile(times, 0.5).TotalMilliseconds, Load.Percentile(fresh, 0.5).TotalMilliseconds);
        await Console.Out.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"| {id} | {account.Sequence} | {bytes} | {p50:F2} | {Load.Percentile(times, 0.99).TotalMilliseconds:F2} | "
                + $"{p50 / base50:F2} |"));
    }
}
