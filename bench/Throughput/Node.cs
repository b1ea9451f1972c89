using System.Collections.Concurrent;
using System.Diagnostics;

namespace TryOn.Throughput;

/// <summary>One process that answers <c>/health/ready</c> and is killed by its id.</summary>
internal sealed class Node
{
    private const int OutputLinesMax = 60;

    private static readonly TimeSpan ReadyMax = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan ReadyInterval = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentQueue<string> _output = new();
    private readonly Process _process;
    private readonly Uri _address;

    private Node(ProcessStartInfo start, Uri address)
    {
        (_address, _process) = (address, new Process { StartInfo = start });
        _process.OutputDataReceived += (_, line) => KeepOutput(line.Data);
        _process.ErrorDataReceived += (_, line) => KeepOutput(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Of the process and its imaging workers.</summary>
    public TimeSpan Cpu => Children.WithChildren(Refreshed)
        .Aggregate(TimeSpan.Zero, (sum, process) => sum + process.TotalProcessorTime);

    /// <summary>Of the process and its imaging workers.</summary>
    public long ResidentBytes => Children.WithChildren(Refreshed).Sum(process => process.WorkingSet64);

    private Process Refreshed
    {
        get
        {
            _process.Refresh();
            return _process;
        }
    }

    /// <summary>
    /// Starts a process and waits until it is ready. A process that does not become ready is killed, and its output is
    /// thrown.
    /// </summary>
    public static async Task<Node> Start(ProcessStartInfo start, Uri address)
    {
        var node = new Node(start, address);
        if (await node.BecomesReady())
            return node;
        await node.Kill();
        throw new InvalidOperationException(
            $"{start.ArgumentList[0]} did not become ready. It wrote:\n{string.Join('\n', node._output)}");
    }

    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private void KeepOutput(string? line)
    {
        if (line is null)
            return;
        _output.Enqueue(line);
        if (_output.Count > OutputLinesMax)
            _output.TryDequeue(out _);
    }

    private async Task<bool> BecomesReady()
    {
        using var http = new HttpClient();
        var since = TimeProvider.System.GetTimestamp();
        while (!_process.HasExited && TimeProvider.System.GetElapsedTime(since) < ReadyMax)
        {
            if (await IsReady(http))
                return true;
            await Task.Delay(ReadyInterval, TimeProvider.System);
        }

        return false;
    }

    private async Task<bool> IsReady(HttpClient http)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(_address, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
