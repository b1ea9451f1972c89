using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Processes;
using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

/// <summary>A run of the gateway in one process.</summary>
internal sealed class SingleProcessRun : CrashRun
{
    private TimeSpan _slowestStart;

    /// <param name="upstream">Settings that replace the defaults of the sandbox.</param>
    /// <param name="gateway">Settings that replace the defaults of the gateway, made from the sandbox's
    /// address.</param>
    public SingleProcessRun(
        ITestOutputHelper output, IReadOnlyDictionary<string, string>? upstream = null,
        Func<Uri, IReadOnlyDictionary<string, string>>? gateway = null)
        : base(output, upstream) =>
            Gateway = new GatewayProcess(Folder, Sandbox.Address, gateway?.Invoke(Sandbox.Address));

    public GatewayProcess Gateway { get; }

    public override IDeployment Deployment => Gateway;

    public override string SummaryNote => $"slowest restart {_slowestStart.TotalSeconds:F1} s";

    /// <summary>
    /// How long interrupted jobs took to be settled, from the start of the process that settled them, the upstream's
    /// own time included. Jobs that never started are left out: their reservations end by a fence of 20 seconds.
    /// </summary>
    public override string Resumed(IEnumerable<Charge> charges)
    {
        var interrupted = charges.Where(charge => charge.ResolvedAt is { } end
            && Gateway.Disruptions.Any(kill => charge.ReservedAt < kill && kill < end));
        var times = interrupted.Select(
            charge => charge.ResolvedAt!.Value - Gateway.Starts.Last(at => at < charge.ResolvedAt));
        var sorted = times.Order().ToList();
        return sorted.Count == 0
            ? ""
            : $", {sorted.Count} jobs interrupted, settled {sorted[sorted.Count / 2].TotalSeconds:F1} s "
            + $"after the start in the median and {sorted[^1].TotalSeconds:F1} s at most";
    }

    public async Task StartGateway()
    {
        await SandboxReady();
        var since = TimeProvider.System.GetTimestamp();
        Gateway.Start();
        await Until("start", StartMax, async () => await Gateway.IsReady(Http) ? null : "the gateway is not ready");
        var took = TimeProvider.System.GetElapsedTime(since);
        _slowestStart = took > _slowestStart ? took : _slowestStart;
    }
}
