using System.Diagnostics;

namespace TryOn.Throughput;

/// <summary>The processes of one layout, which share a temporary folder.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private readonly List<(ProcessStartInfo Start, Uri Address)> _starts = [];
    private readonly List<Node> _running = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("tryon-bench-").FullName;

    /// <summary>Address of the node added last, which answers HTTP.</summary>
    public Uri Front { get; private set; } = new("http://127.0.0.1");

    /// <summary>Time from the start of the first process until the last was ready.</summary>
    public TimeSpan ReadyAfter { get; private set; }

    /// <summary>Processor time used by the processes so far.</summary>
    public TimeSpan Cpu() => _running.Aggregate(TimeSpan.Zero, (sum, node) => sum + node.Cpu);

    /// <summary>Current resident memory of the processes in megabytes.</summary>
    public long Resident() => ResidentBytes() / (1024 * 1024);

    public long ResidentBytes() => _running.Sum(node => node.ResidentBytes);

    public async Task Add(string assembly, Dictionary<string, string> settings, string[] arguments)
    {
        Front = new Uri($"http://127.0.0.1:{FreePort.Find()}");
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", Front.ToString(), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        _starts.Add((start, Front));
        await Run(start, Front);
    }

    /// <summary>Restarts the stopped processes with the same folder and addresses.</summary>
    public async Task Restart()
    {
        ReadyAfter = TimeSpan.Zero;
        foreach (var (start, address) in _starts)
            await Run(start, address);
    }

    /// <summary>Kills the processes and keeps their folder.</summary>
    public async Task Stop()
    {
        foreach (var node in _running)
            await node.Kill();
        _running.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task Run(ProcessStartInfo start, Uri address)
    {
        var since = TimeProvider.System.GetTimestamp();
        _running.Add(await Node.Start(start, address));
        ReadyAfter += TimeProvider.System.GetElapsedTime(since);
    }
}
