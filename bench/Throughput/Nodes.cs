using System.Diagnostics;

namespace TryOn.Throughput;

/// <summary>The processes of one layout, on a folder of their own; ended by their ids.</summary>
internal sealed class Nodes : IAsyncDisposable
{
    private static readonly TimeSpan ReadyMax = TimeSpan.FromSeconds(60);

    private readonly List<(Process Process, bool Front)> _processes = [];

    public string Folder { get; } = Directory.CreateTempSubdirectory("tryon-bench-").FullName;

    /// <summary>The node that was added last: it answers HTTP.</summary>
    public Uri Front { get; private set; } = new("http://127.0.0.1");

    /// <summary>Processor time that the nodes have used so far: those that keep records, and the front ends among them.</summary>
    public (TimeSpan Silos, TimeSpan Fronts) Cpu() => (Cpu(front: false), Cpu(front: true));

    /// <summary>Megabytes of memory that the nodes hold just now.</summary>
    public long Resident()
    {
        foreach (var (process, _) in _processes)
            process.Refresh();
        return _processes.Sum(node => node.Process.WorkingSet64) / (1024 * 1024);
    }

    public async Task Add(string assembly, Dictionary<string, string> settings, string[] arguments)
    {
        Front = new Uri($"http://127.0.0.1:{Layout.FreePort()}");
        var start = new ProcessStartInfo("dotnet", [assembly, "--urls", Front.ToString(), .. arguments])
        {
            UseShellExecute = false,
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        _processes.Add((process, arguments.Contains("api")));
        await Ready(process);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Ends the processes and keeps what they wrote.</summary>
    public async Task Stop()
    {
        foreach (var (process, _) in _processes)
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _processes.Clear();
    }

    private TimeSpan Cpu(bool front)
    {
        var sum = TimeSpan.Zero;
        foreach (var (process, _) in _processes.Where(node => node.Front == front))
        {
            process.Refresh();
            sum += process.TotalProcessorTime;
        }

        return sum;
    }

    private async Task Ready(Process process)
    {
        using var http = new HttpClient();
        var since = TimeProvider.System.GetTimestamp();
        while (!await Answers(http))
        {
            if (process.HasExited || TimeProvider.System.GetElapsedTime(since) > ReadyMax)
                throw new InvalidOperationException($"{Front} did not become ready.");
            await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
        }
    }

    private async Task<bool> Answers(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(Front, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
