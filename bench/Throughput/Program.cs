using TryOn.Throughput;

// throughput <folder of built projects> [<PostgreSQL connection string>]
// Without a database only the embedded host is measured.
if (args.Length is 0 or > 2)
{
    await Console.Error.WriteLineAsync("Usage: throughput <artifacts/bin> [\"Host=127.0.0.1;Username=...;Database=...\"]");
    return 1;
}

await Console.Out.WriteLineAsync("| hosts | jobs | jobs/s | ratio | p50 ms | p99 ms | errors |");
await Console.Out.WriteLineAsync("|---|---|---|---|---|---|---|");
double? baseline = null;
foreach (var layout in Layout.All(Path.GetFullPath(args[0]), args.ElementAtOrDefault(1)))
{
    await using var nodes = await layout.Start();
    var figures = await Load.Run(nodes.Front, TimeSpan.FromSeconds(20));
    baseline ??= figures.JobsPerSecond;
    await Console.Out.WriteLineAsync(
        $"| {layout.Name} | {figures.Jobs} | {figures.JobsPerSecond:F0} | {figures.JobsPerSecond / baseline:F2} "
        + $"| {figures.P50.TotalMilliseconds:F0} | {figures.P99.TotalMilliseconds:F0} | {figures.Errors} |");
}

return 0;
