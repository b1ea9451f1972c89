using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.Processes;

/// <summary>One node as an operator runs it. It keeps its port and its log file across restarts.</summary>
internal sealed class NodeProcess(string name, string role, string folder, IReadOnlyDictionary<string, string> settings)
    : IDisposable
{
    private readonly Lock _writing = new();
    private readonly string _log = Path.Combine(folder, $"{name}.log");
    private HostProcess? _process;

    public string Name => name;

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public string Output => $"-- {name}\n{_process?.Output}";

    /// <summary>Whether the process ended although the test did not end it.</summary>
    public bool Died => _process is { Ended: true };

    public void Start()
    {
        Append("-- start");
        _process = new HostProcess(
            "TryOn.Silo.dll", folder, settings, "--role", role, "--urls", Address.ToString(), "--environment",
            "Production")
        {
            OnLine = Append,
        };
    }

    /// <summary>Sends SIGKILL.</summary>
    public void Kill()
    {
        _process!.Kill();
        Forget();
    }

    /// <summary>Sends SIGTERM, as an orchestrator does. False when the process had to be killed in the end.</summary>
    public bool Stop(TimeSpan within)
    {
        var process = _process!;
        // From here on the end of the process is expected.
        _process = null;
        process.Signal("TERM");
        var ended = process.WaitForEnd(within);
        process.Dispose();
        return ended;
    }

    /// <summary>Sends SIGSTOP: the process keeps its connections and does nothing.</summary>
    public void Suspend() => _process!.Signal("STOP");

    public void Resume() => _process!.Signal("CONT");

    /// <summary>Waits for the process to end by itself. False when it still runs.</summary>
    public bool WaitForEnd(TimeSpan within)
    {
        if (!_process!.WaitForEnd(within))
            return false;
        Forget();
        return true;
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

    /// <summary>How many lines of the log contain the text.</summary>
    public int CountLines(string text)
    {
        lock (_writing)
            return File.ReadLines(_log).Count(line => line.Contains(text, StringComparison.Ordinal));
    }

    public void Dispose() => _process?.Dispose();

    private void Forget()
    {
        _process!.Dispose();
        _process = null;
    }

    private void Append(string line)
    {
        lock (_writing)
            File.AppendAllText(_log, $"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {line}\n");
    }
}
