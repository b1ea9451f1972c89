using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics;

namespace TryOn.Crash.Tests.Processes;

/// <summary>One of this repository's programs in a process of its own.</summary>
internal sealed class HostProcess : IDisposable
{
    private const int LinesMax = 40;

    // Settings in the environment of a developer's shell must not reach the process under test.
    private static readonly string[] Ours = [
        "TryOn__", "Sandbox__", "ASPNETCORE_", "Kestrel__", "Logging__", "Orleans__", "ConnectionStrings__"];

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
        _process.OutputDataReceived += (_, line) => Append(line.Data);
        _process.ErrorDataReceived += (_, line) => Append(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Called with every further line of output, on any thread.</summary>
    public Action<string>? OnLine { get; set; }

    public int Id => _process.Id;

    public bool Ended => _process.HasExited;

    /// <summary>Available once the process has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>The last lines it wrote, for the message of a test that failed.</summary>
    public string Output => string.Join('\n', _lines);

    /// <summary>Sends SIGKILL and waits until the process is gone.</summary>
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

    /// <summary>Waits for the process to end. False when it has not ended in time.</summary>
    public bool WaitForEnd(TimeSpan within)
    {
        if (!_process.WaitForExit(within))
            return false;
        // The overload without a timeout also waits for the last lines of output.
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

    private void Append(string? line)
    {
        if (line is null)
            return;
        OnLine?.Invoke(line);
        _lines.Enqueue(line);
        if (_lines.Count > LinesMax)
            _lines.TryDequeue(out var _);
    }
}
