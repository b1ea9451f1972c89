using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace TryOn.Crash.Tests.Processes;

/// <summary>One of our programs in a process of its own, ended by its id and without a word.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int LinesMax = 40;

    // What a developer's shell sets for the gateway must not reach the one under test.
    private static readonly string[] Ours = ["TryOn__", "Sandbox__", "ASPNETCORE_", "Kestrel__", "Logging__", "Orleans__", "ConnectionStrings__"];

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();

    public HostProcess(
        string assembly, string folder, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        foreach (var name in Inherited())
            start.Environment.Remove(name);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Given every further line it writes, on threads of the runtime's choice.</summary>
    public Action<string>? Heard { get; set; }

    public int Id => _process.Id;

    public bool Ended => _process.HasExited;

    /// <summary>Once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines it wrote, for the message of a test that failed.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>SIGKILL: nothing in the process gets to run any more.</summary>
    public void Kill()
    {
        _process.Kill(entireProcessTree: false);
        _process.WaitForExit();
    }

    /// <summary>Any signal by its name, as <c>kill -TERM</c> sends it.</summary>
    public void Signal(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", $"{Id}"]);
        kill.WaitForExit();
    }

    /// <summary>False when it has not ended by then.</summary>
    public bool Ends(TimeSpan within)
    {
        if (!_process.WaitForExit(within))
            return false;
        // Without a limit it waits for the last lines, too.
        _process.WaitForExit();
        return true;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static List<string> Inherited() =>
    [
        .. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(entry => (string)entry.Key)
            .Where(name => Array.Exists(Ours, ours => name.StartsWith(ours, StringComparison.OrdinalIgnoreCase))),
    ];

    private void Keep(string? line)
    {
        if (line is null)
            return;
        Heard?.Invoke(line);
        _lines.Enqueue(line);
        if (_lines.Count > LinesMax)
            _lines.TryDequeue(out var _);
    }
}
