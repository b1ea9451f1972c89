using System.Text;
using System.Text.Json;

namespace TryOn.Api.Tests.Canaries;

/// <summary>Records every byte that one account's clients receive, headers included.</summary>
internal sealed class AccountTranscript(GatewayRun run, TestAccount account) : Transcript
{
    public Task<Reply> Get(string path) => Note(path, account.Get(path));

    public Task<Reply> Post(string path, HttpContent content) => Note($"POST {path}", account.Post(path, content));

    /// <summary>Records a job's two kinds of stream from the beginning.</summary>
    public async Task Watch(string id)
    {
        using (var events = await Progress.Watcher.Open(run, account.Key, id))
            Add($"{id}/events", $"{events.Headers}{events.Content.Headers}{await events.Content.ReadAsStringAsync()}");
        var token = (await Post($"/api/v1/tryon/{id}/token", Requests.Json(new { }))).Json.Text("token");
        using var socket = await Progress.Watcher.Connect(run, id, $"?token={token}");
        Add($"{id}/ws", JsonSerializer.Serialize(socket.HttpResponseHeaders));
        await foreach (var heard in Progress.Watcher.Messages(socket))
            Add($"{id}/ws", $"{heard.Type} {heard.Job}");
    }

    private async Task<Reply> Note(string what, Task<Reply> asked)
    {
        var reply = await asked;
        var headers = string.Join('\n', reply.Headers.Select(header => $"{header.Key}: {header.Value}"));
        // Latin-1 maps every byte to one letter, so that text inside pictures is found too.
        Add(what, $"{reply.Status}\n{headers}\n{Encoding.Latin1.GetString(reply.Body)}");
        return reply;
    }
}
