using System.Text;
using System.Text.Json;

namespace TryOn.Api.Tests.Progress;

/// <summary>Reads the stream of an account, as a dashboard does.</summary>
internal sealed class FeedWatcher : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _patience = new(Patience);
    private readonly HttpResponseMessage _response;
    private readonly StreamReader _reader;

    private FeedWatcher(HttpResponseMessage response, Stream body) =>
        (_response, _reader) = (response, new StreamReader(body, Encoding.UTF8));

    /// <summary>The id that an event source would send when it reconnects.</summary>
    public long LastId { get; private set; }

    /// <summary>Comments that only keep the connection alive.</summary>
    public int Pings { get; private set; }

    public static async Task<FeedWatcher> Open(GatewayRun run, string key, long? after = null)
    {
        var response = await Ask(run, key, after);
        Assert.Equal(
            (200, "text/event-stream"), ((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        return new FeedWatcher(response, await response.Content.ReadAsStreamAsync());
    }

    public static Task<HttpResponseMessage> Ask(GatewayRun run, string? key, long? after = null, string query = "")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/events{query}");
        if (key is not null)
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (after is not null)
            request.Headers.TryAddWithoutValidation("Last-Event-ID", $"{after}");
        return run.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Reads the next event, which must be of this type.</summary>
    public async Task<JsonElement> Next(string type)
    {
        while (true)
        {
            if (await Line() is not { } line)
                throw new EndOfStreamException("The feed has ended.");
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var json = JsonSerializer.Deserialize<JsonElement>(line[6..]);
            Assert.Equal(type, json.Text("type"));
            return json;
        }
    }

    public async Task Until(Func<bool> reached)
    {
        while (!reached())
            Assert.NotNull(await Line());
    }

    /// <summary>Reads until the server ends the stream.</summary>
    public async Task End()
    {
        while (await Line() is not null)
        {
        }
    }

    public ValueTask DisposeAsync()
    {
        _reader.Dispose();
        _response.Dispose();
        _patience.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string?> Line()
    {
        var line = await _reader.ReadLineAsync(_patience.Token);
        if (line?.StartsWith("id: ", StringComparison.Ordinal) == true)
            LastId = long.Parse(line[4..]);
        if (line == ": ping")
            Pings++;
        return line;
    }
}
