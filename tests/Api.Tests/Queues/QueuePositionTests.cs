using System.Text;
using System.Text.Json;
using TryOn.Api.Tests.Progress;

namespace TryOn.Api.Tests.Queues;

/// <summary>
/// Queue positions of jobs that wait at a provider's gate. In a cluster the queue is on the silos, and front ends do
/// not know it.
/// </summary>
public sealed class QueuePositionTests : IAsyncLifetime
{
    private readonly LiveGateway _gateway = new() { Overrides = { ["TryOn:Providers:Kling:ConcurrencyMax"] = "1" } };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Job_InTheQueue_HasAPositionUntilItsTurn()
    {
        await _gateway.InjectFault(new { provider = "kling", operation = "poll", action = "delay", delay_ms = 3_000 });
        var account = await _gateway.Run.Open(mode: "live");
        var ids = new List<string>();
        for (var job = 0; job < 3; job++)
            ids.Add((await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id"));
        await TestAccount.Until(
            async () => await Position(account, ids[2]) == 2, () => "the last job is not second in line");
        Assert.Null(await Position(account, ids[0]));
        Assert.Equal([2, 1, null], await Told(account, ids[2]));
        await _gateway.ClearFaults();
    }

    private static async Task<int?> Position(TestAccount account, string id) =>
        PositionOf((await account.Get($"/api/v1/tryon/{id}")).Json);

    private static int? PositionOf(JsonElement job) =>
        job.GetProperty("queue_position") is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    /// <summary>The queue positions that a watcher receives, until the job is submitted.</summary>
    private async Task<List<int?>> Told(TestAccount account, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var response = await Watcher.Open(_gateway.Run, account.Key, id);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(patience.Token), Encoding.UTF8);
        var told = new List<int?>();
        while (await reader.ReadLineAsync(patience.Token) is { } line)
        {
            if (!line.StartsWith("data: ", StringComparison.Ordinal))
                continue;
            var position = PositionOf(JsonSerializer.Deserialize<JsonElement>(line[6..]).GetProperty("job"));
            if (told.Count == 0 || told[^1] != position)
                told.Add(position);
            if (position is null)
                break;
        }

        return told;
    }
}
