using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TryOn.Crash.Tests.Load;

/// <summary>
/// Watches one job to its end. After each broken connection it resumes after the last sequence number, as browsers do.
/// </summary>
internal sealed class StreamWatcher(CrashRun run, string key, string jobId)
{
    private static readonly TimeSpan ReconnectDelay = TimeSpan.FromMilliseconds(20);

    private readonly List<string> _steps = [];
    private bool _ended;
    private long _last;

    /// <summary>How often a connection broke or could not be made.</summary>
    public int Breaks { get; private set; }

    /// <summary>Every step it received over all its connections, in order.</summary>
    public async Task<IReadOnlyList<string>> Watch(bool socket)
    {
        while (!_ended)
        {
            try
            {
                await (socket ? Messages() : Events());
            }
            catch (Exception broken) when (
                broken is HttpRequestException or IOException or WebSocketException or OperationCanceledException)
            {
                Breaks++;
                await CrashRun.Pause(ReconnectDelay);
            }
        }

        return _steps;
    }

    private async Task Events()
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(run.Deployment.Address, $"/api/v1/tryon/{jobId}/events"));
        request.Headers.Add("Authorization", $"Bearer {key}");
        request.Headers.Add("Last-Event-ID", $"{_last}");
        using var answer = await run.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(
            await answer.EnsureSuccessStatusCode().Content.ReadAsStreamAsync(), Encoding.UTF8);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal))
                Handle(JsonSerializer.Deserialize<JsonElement>(line[6..]));
        }
    }

    private async Task Messages()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("tryon.v1");
        socket.Options.SetRequestHeader("Authorization", $"Bearer {key}");
        var address = new UriBuilder(
            run.Deployment.Address) { Scheme = "ws", Path = $"/api/v1/tryon/{jobId}/ws", Query = $"after_seq={_last}" };
        await socket.ConnectAsync(address.Uri, CancellationToken.None);
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(
            buffer, CancellationToken.None) is { MessageType: WebSocketMessageType.Text } got)
            Handle(JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, got.Count)));
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", CancellationToken.None);
    }

    private void Handle(JsonElement message)
    {
        var type = message.GetProperty("type").GetString();
        if (type is "progress" or "ping")
            return;
        _last = message.GetProperty("seq").GetInt64();
        _steps.Add($"{_last} {type} {message.GetProperty("job").GetProperty("status").GetString()}");
        _ended = type is "result" or "error";
    }
}
