using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Exchanges;

namespace TryOn.Sandbox.Witness;

/// <summary>The independent record of what reached an upstream, to hold against a gateway's own books.</summary>
public sealed class WitnessLog : IDisposable
{
    // About 40 MB of lines; a file has no such bound.
    private const int MemoryLinesMax = 100_000;

    private readonly Lock _lock = new();
    private readonly Queue<string> _lines = new();
    private readonly FileStream? _file;

    public WitnessLog(SandboxOptions options)
    {
        if (options.LogPath is not { } path)
            return;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        // Unbuffered: a line has left this process when Write returns, and survives its death.
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
    }

    public void Write(WitnessEntry entry)
    {
        var line = JsonSerializer.Serialize(entry, SandboxJson.Snake) + "\n";
        lock (_lock)
        {
            if (_file is not null)
                _file.Write(Encoding.UTF8.GetBytes(line));
            else
                Remember(line);
        }
    }

    /// <summary>All lines, those of earlier runs too when there is a file.</summary>
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
