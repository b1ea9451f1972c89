using TryOn.Throughput;

// throughput <folder of built projects> [<PostgreSQL connection string>]   whole jobs; without a database the embedded host only
// throughput --hot                                                         reservations of one account through HTTP
// throughput --watchers <folder> [<SSE> <WebSocket> <deaf> [<jobs>]]      how soon watchers hear of an end, and what they cost
// throughput --long                                                        an account of a million statement entries
if (args.Contains("--bare"))
    return await BareServer.Run(args);
if (args.Contains("--account"))
    return await AccountServer.Run(args);
if (args.Contains("--bare-events"))
    return await BareEvents.Run(args);
if (args is ["--watchers", var folder, .. var sizes])
{
    await Watchers.Run(Path.GetFullPath(folder), [.. sizes.Select(int.Parse)]);
    return 0;
}

if (args is ["--long"])
{
    await LongStatement.Run();
    return 0;
}

if (args is ["--hot"])
{
    await HotAccount.Run();
    return 0;
}

if (args.Length is 0 or > 2)
{
    await Console.Error.WriteLineAsync(
        "Usage: throughput --hot | --long | --watchers <artifacts/bin> | <artifacts/bin> [\"Host=127.0.0.1;Username=...;Database=...\"]");
    return 1;
}

await Console.Out.WriteLineAsync("| hosts | jobs | jobs/s | ratio | p50 ms | p99 ms | errors | silo cpu ms/job | api cpu ms/job | rest cpu ms/job |");
await Console.Out.WriteLineAsync("|---|---|---|---|---|---|---|---|---|---|");
double? baseline = null;
foreach (var layout in Layout.All(Path.GetFullPath(args[0]), args.ElementAtOrDefault(1)))
{
    await using var nodes = await layout.Start();
    var figures = await Load.Run(nodes, TimeSpan.FromSeconds(20));
    baseline ??= figures.JobsPerSecond;
    await Console.Out.WriteLineAsync(
        $"| {layout.Name} | {figures.Jobs} | {figures.JobsPerSecond:F0} | {figures.JobsPerSecond / baseline:F2} "
        + $"| {figures.P50.TotalMilliseconds:F0} | {figures.P99.TotalMilliseconds:F0} | {figures.Errors} "
        + $"| {PerJob(figures.Effort.Silos)} | {PerJob(figures.Effort.Fronts)} | {PerJob(figures.Effort.Rest)} |");

    string PerJob(TimeSpan effort) => $"{effort.TotalMilliseconds / Math.Max(1, figures.Jobs):F2}";
}

return 0;
