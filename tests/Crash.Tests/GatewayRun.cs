using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>A run of the gateway in one process.</summary>
internal sealed class GatewayRun : CrashRun
{
    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    private TimeSpan _slowestStart;

    /// <param name="upstream">Settings of the sandbox that a test wants otherwise.</param>
    /// <param name="gateway">Settings of the gateway that a test wants otherwise, given where the sandbox is.</param>
    public GatewayRun(
        ITestOutputHelper output, IReadOnlyDictionary<string, string>? upstream = null,
        Func<Uri, IReadOnlyDictionary<string, string>>? gateway = null)
        : base(output, upstream) => Gateway = new GatewayProcess(Folder, Sandbox.Address, gateway?.Invoke(Sandbox.Address));

    public GatewayProcess Gateway { get; }

    public override ISite Site => Gateway;

    public override string Story => $"slowest restart {_slowestStart.TotalSeconds:F1} s";

    /// <summary>
    /// The longest that a job which a kill interrupted took to be settled, from the start of the process that settled it.
    /// The upstream's own time is in it. Jobs that never began are left out: their reservations end by a fence of 20 seconds.
    /// </summary>
    public override string Resumed(IEnumerable<Charge> charges)
    {
        var interrupted = charges.Where(charge => charge.ResolvedAt is { } end
            && Gateway.Kills.Any(kill => charge.ReservedAt < kill && kill < end));
        var times = interrupted.Select(charge => charge.ResolvedAt!.Value - Gateway.Starts.Last(at => at < charge.ResolvedAt));
        var sorted = times.Order().ToList();
        return sorted.Count == 0 ? "" : $", {sorted.Count} jobs interrupted, settled {sorted[sorted.Count / 2].TotalSeconds:F1} s "
            + $"after the start in the median and {sorted[^1].TotalSeconds:F1} s at most";
    }

    public async Task StartGateway()
    {
        await SandboxReady();
        var since = TimeProvider.System.GetTimestamp();
        Gateway.Start();
        await Until("start", StartMax, async () => await Gateway.Ready(Http) ? null : "the gateway is not ready");
        var took = TimeProvider.System.GetElapsedTime(since);
        _slowestStart = took > _slowestStart ? took : _slowestStart;
    }
}
