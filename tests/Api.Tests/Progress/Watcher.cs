using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace TryOn.Api.Tests.Progress;

/// <summary>One received message. Its key, by which messages are compared, leaves out what changes with time.</summary>
internal sealed record Heard(string Type, long Seq, JsonElement Job)
{
    public string Key => $"{Seq} {Type} {Job.Text("status")} {Job.GetProperty("output")} {Job.GetProperty("error")}";

    public static Heard Parse(JsonElement json) =>
        new(json.Text("type"), json.Number("seq"), json.GetProperty("job").Clone());
}

/// <summary>Reads the streams of jobs as a browser's event source and WebSocket do.</summary>
internal static class Watcher
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The steps of a job as server-sent events, without progress messages and comments.</summary>
    public static async IAsyncEnumerable<Heard> Events(
        GatewayRun run, string? key, string id, long? after = null, string query = "",
        [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        using var response = await Open(run, key, id, after, query);
        Assert.Equal(
            (200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        using var patience = new CancellationTokenSource(Patience);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellation), Encoding.UTF8);
        var number = "";
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                number = line[4..];
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var heard = Heard.Parse(JsonSerializer.Deserialize<JsonElement>(line[6..]));
            if (heard.Type == "progress")
                continue;
            Assert.Equal(number, $"{heard.Seq}");
            yield return heard;
        }
    }

    public static Task<HttpResponseMessage> Open(
        GatewayRun run, string? key, string id, long? after = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/tryon/{id}/events{query}");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (after is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{after}");
        return run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public static async Task<ClientWebSocket> Connect(
        GatewayRun run, string id, string query = "", params string[] protocols)
    {
        var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        foreach (var protocol in protocols)
            socket.Options.AddSubProtocol(protocol);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{run.Address.Authority}/api/v1/tryon/{id}/ws{query}"), default);
        }
        catch (WebSocketException)
        {
            // Callers check the status that came in place of an upgrade.
        }

        return socket;
    }

    /// <summary>The steps of a job, until the server closes.</summary>
    public static async IAsyncEnumerable<Heard> Messages(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer, patience.Token);
            if (got.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, "", patience.Token);
                yield break;
            }

            Assert.True(got.EndOfMessage);
            var json = JsonSerializer.Deserialize<JsonElement>(buffer.AsSpan(0, got.Count));
            if (json.Text("type") is not ("progress" or "ping"))
                yield return Heard.Parse(json);
        }
    }
}
