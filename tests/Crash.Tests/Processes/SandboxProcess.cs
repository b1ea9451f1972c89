using TryOn.Crash.Tests.Books;

namespace TryOn.Crash.Tests.Processes;

/// <summary>
/// The sandbox in place of the upstreams. It outlives every kill of the gateway and logs what the gateway sent.
/// </summary>
internal sealed class SandboxProcess : IDisposable
{
    public const string KlingKey = "crash-kling-key";
    public const string GeminiKey = "crash-gemini-key";

    private static readonly Dictionary<string, string> NoMore = [];

    private readonly HostProcess _process;
    private readonly string _log;

    /// <param name="more">Settings that replace the defaults of the sandbox.</param>
    public SandboxProcess(string folder, IReadOnlyDictionary<string, string>? more = null)
    {
        _log = Path.Combine(folder, "witness.jsonl");
        Address = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        _process = new HostProcess("TryOn.Sandbox.dll", folder, new Dictionary<string, string>(more ?? NoMore)
        {
            ["Sandbox__Port"] = $"{Address.Port}",
            ["Sandbox__LogPath"] = _log,
            ["Sandbox__KlingLatency"] = more?.GetValueOrDefault("Sandbox__KlingLatency") ?? "00:00:01.2",
            ["Sandbox__GeminiLatency"] = more?.GetValueOrDefault("Sandbox__GeminiLatency") ?? "00:00:00.7",
            ["Sandbox__KlingApiKey"] = KlingKey,
            ["Sandbox__GeminiApiKey"] = GeminiKey,
        });
    }

    public Uri Address { get; }

    public string Output => _process.Output;

    /// <summary>Grows with each submit that ended, answered or not.</summary>
    public long WitnessBytes => new FileInfo(_log) is { Exists: true } log ? log.Length : 0;

    public IReadOnlyList<WitnessLine> Witness() => WitnessLine.ReadAll(_log);

    /// <summary>
    /// The settings of a gateway that uses the sandbox as its live upstreams, and that polls and sweeps quickly.
    /// </summary>
    public static Dictionary<string, string> Settings(Uri sandbox) => new()
    {
        ["TryOn__Providers__Kling__BaseUrl"] = sandbox.ToString(),
        ["TryOn__Providers__Kling__ApiKey"] = KlingKey,
        ["TryOn__Providers__Kling__ConcurrencyMax"] = "64",
        ["TryOn__Providers__Kling__FirstPoll"] = "00:00:00.8",
        ["TryOn__Providers__Kling__PollInterval"] = "00:00:00.2",
        ["TryOn__Providers__Gemini__BaseUrl"] = sandbox.ToString(),
        ["TryOn__Providers__Gemini__ApiKey"] = GeminiKey,
        ["TryOn__Providers__Gemini__ConcurrencyMax"] = "64",
        ["TryOn__Retention__OrphanAge"] = "00:00:30",
        ["TryOn__Retention__SweepInterval"] = "00:00:01",
    };

    public async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/sandbox/log"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _process.Dispose();
}
