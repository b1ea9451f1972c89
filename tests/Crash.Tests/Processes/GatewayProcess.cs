namespace TryOn.Crash.Tests.Processes;

/// <summary>The gateway as an operator runs it. It keeps its data directory and its port across restarts.</summary>
/// <param name="more">Settings that replace the defaults of the gateway.</param>
internal sealed class GatewayProcess(
    string folder, Uri sandbox, IReadOnlyDictionary<string, string>? more = null) : IDeployment
{
    public const string AdminToken = "crash-tests-admin-token-0123456789";

    private readonly List<DateTimeOffset> _disruptions = [];
    private readonly List<DateTimeOffset> _starts = [];
    private HostProcess? _process;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public string DataDirectory { get; } = Path.Combine(folder, "data");

    public string PictureFolder => Path.Combine(DataDirectory, "pictures");

    public string Database => Path.Combine(DataDirectory, "tryon.db");

    public IReadOnlyList<DateTimeOffset> Disruptions => _disruptions;

    /// <summary>When each process was started, oldest first.</summary>
    public IReadOnlyList<DateTimeOffset> Starts => _starts;

    public string Output => _process?.Output ?? "";

    public bool Died => _process is { Ended: true };

    public void Start()
    {
        _starts.Add(TimeProvider.System.GetUtcNow());
        _process = new HostProcess(
            "TryOn.Silo.dll", folder, Settings(), "--urls", Address.ToString(), "--environment", "Production");
    }

    public void Kill()
    {
        _process!.Kill();
        // Recorded after the process has ended, so that everything it sent was sent before this time.
        _disruptions.Add(TimeProvider.System.GetUtcNow());
        _process.Dispose();
        _process = null;
    }

    public async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    public void Dispose() => _process?.Dispose();

    private Dictionary<string, string> Settings()
    {
        var settings = new Dictionary<string, string>(SandboxProcess.Settings(sandbox))
        {
            ["Logging__LogLevel__Default"] = "Warning",
            ["TryOn__DataDirectory"] = DataDirectory,
            ["TryOn__Admin__Token"] = AdminToken,
        };
        foreach (var (name, value) in more ?? new Dictionary<string, string>())
            settings[name] = value;
        return settings;
    }
}
