using System.Globalization;
using TryOn.Throughput;

const string Usage = """
    throughput --gateway <name=path/to.dll> ...              whole jobs; several gateways in turn, ratios to the first
               [--rounds 5] [--seconds 15] [--postgres <connection string>]
    throughput --waiting <jobs> --gateway <name=path/to.dll> jobs that wait for their upstream, before and after a kill
               [--tasks <at the upstream at once>] [--interval <seconds between polls>]
    throughput --watchers <path/to.dll> [<SSE> <WebSocket> <non-reading> [<jobs>]]
                                                             how soon watchers receive an end, and their cost
    throughput --pictures [<path to an older TryOn.Core.dll>] taking pictures in, and verifying results
    throughput --hot                                         reservations of one account through HTTP
    throughput --long                                        an account of a million statement entries
    """;

if (args.Contains("--bare"))
    return await BareServer.Run(args);
if (args.Contains("--account"))
    return await AccountServer.Run(args);
if (args.Contains("--bare-events"))
    return await BareEvents.Run(args);

Layout[] gateways = [];
try
{
    gateways = [.. Values("--gateway").Select(Layout.Parse)];
    if (args is ["--watchers", var gateway, .. var sizes])
        await Watchers.Run(Path.GetFullPath(gateway), [.. sizes.Select(int.Parse)]);
    else if (args is ["--pictures", .. var older])
        await Pictures.Run(older.FirstOrDefault());
    else if (args is ["--long"])
        await LongStatement.Run();
    else if (args is ["--hot"])
        await HotAccount.Run();
    else if (gateways.Length == 0)
        return await Fail(Usage);
    else if (Number("--waiting", 0) is > 0 and var jobs)
        await Wait(jobs);
    else
        await Compare();
    return 0;
}
catch (Exception failure) when (failure is InvalidOperationException or InvalidDataException or FileNotFoundException)
{
    return await Fail(failure.Message);
}

Task Compare()
{
    var layouts = gateways.Concat(Values("--postgres").SelectMany(
        postgres => Layout.Clusters(gateways[^1].Commands[0].Assembly, postgres)));
    return Comparison.Run([.. layouts], Number("--rounds", 5), TimeSpan.FromSeconds(Number("--seconds", 15)));
}

async Task Wait(int jobs)
{
    var tasks = Number("--tasks", Math.Min(jobs, WaitingJobs.TasksMax));
    var interval = Number("--interval", (int)WaitingJobs.IntervalFor(tasks).TotalSeconds);
    foreach (var layout in gateways)
        await new WaitingJobs(layout, jobs, tasks, TimeSpan.FromSeconds(interval)).Run();
}

IEnumerable<string> Values(string name) =>
    args.Zip(args.Skip(1)).Where(pair => pair.First == name).Select(pair => pair.Second);

int Number(string name, int otherwise) =>
    Values(name).FirstOrDefault() is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

static async Task<int> Fail(string message)
{
    await Console.Error.WriteLineAsync(message);
    return 1;
}
