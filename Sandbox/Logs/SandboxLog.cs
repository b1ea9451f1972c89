using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Settings;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Logs;

/// <summary>An independent record of what reached an upstream, to compare with a gateway's own records.</summary>
public sealed class SandboxLog : IDisposable
{
    // About 40 MB of lines. A log file is not limited.
    private const int MemoryLinesMax = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly FileStream? _file;

    public SandboxLog(SandboxOptions options)
    {
        if (options.LogPath is not { } path)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // Unbuffered, so a line has left this process when Write returns and survives its death.
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public void Write(SandboxLogEntry entry)
    {
        var line = JsonSerializer.Serialize(entry, SandboxJson.SnakeCase) + "\n";
        lock (_lock)
        {
            if (_file is not null)
                _file.Write(Encoding.UTF8.GetBytes(line));
            else
                Remember(line);
        }
    }

    /// <summary>All lines, including those of earlier runs if there is a file.</summary>
    public string ReadAll()
    {
        lock (_lock)
            return _file is null ? string.Concat(_lines) : ReadFile(_file.Name);
    }

    public void Dispose() => _file?.Dispose();

    private void Remember(string line)
    {
        _lines.Enqueue(line);
        if (_lines.Count > MemoryLinesMax)
            _lines.Dequeue();
    }

    private static string ReadFile(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
