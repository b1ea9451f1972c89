using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.Processes;

/// <summary>One node as an operator runs it: the same ports through all its lives, and a log that outlives each.</summary>
internal sealed class NodeProcess(string name, string role, string folder, IReadOnlyDictionary<string, string> settings)
    : IDisposable
{
    private readonly Lock _writing = new();
    private readonly string _log = Path.Combine(folder, $"{name}.log");
    private HostProcess? _process;

    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public string Output => $"-- {name}\n{_process?.Output}";

    /// <summary>It ended by itself.</summary>
    public bool Died => _process is { Ended: true };

    public void Start()
    {
        Note("-- start");
        _process = new HostProcess(
            "TryOn.Silo.dll", folder, settings, "--role", role, "--urls", Address.ToString(), "--environment", "Production")
        {
            Heard = Note,
        };
    }

    /// <summary>SIGKILL.</summary>
    public void Kill()
    {
        _process!.Kill();
        Forget();
    }

    /// <summary>SIGTERM, as an orchestrator ends a node. False when it had to be killed in the end.</summary>
    public bool Stop(TimeSpan within)
    {
        var process = _process!;
        // From here on its end is no surprise.
        _process = null;
        process.Signal("TERM");
        var ended = process.Ends(within);
        process.Dispose();
        return ended;
    }

    /// <summary>SIGSTOP: it lives, holds its connections, and does nothing.</summary>
    public void Freeze() => _process!.Signal("STOP");

    public void Thaw() => _process!.Signal("CONT");

    /// <summary>Takes leave of a process that ended by itself. False when it still runs.</summary>
    public bool Gone(TimeSpan within)
    {
        if (!_process!.Ends(within))
            return false;
        Forget();
        return true;
    }

    public async Task<bool> Ready(HttpClient http)
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

    /// <summary>How many lines it ever wrote hold these words.</summary>
    public int Told(string words)
    {
        lock (_writing)
            return File.ReadLines(_log).Count(line => line.Contains(words, StringComparison.Ordinal));
    }

    public void Dispose() => _process?.Dispose();

    private void Forget()
    {
        _process!.Dispose();
        _process = null;
    }

    private void Note(string line)
    {
        lock (_writing)
            File.AppendAllText(_log, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}\n");
    }
}
