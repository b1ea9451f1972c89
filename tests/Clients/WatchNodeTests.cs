using System.Text.Json;

namespace TryOn.Clients.Tests;

/// <summary>
/// A job's progress as received by npm's <c>ws</c> and <c>eventsource</c> and by node's own WebSocket.
/// </summary>
[Collection(OneGateway.Name)]
public sealed class WatchNodeTests(Scene scene) : IAsyncLifetime
{
    /// <summary>
    /// Long enough for a client to be disconnected, wait as it was told, and reconnect before the end.
    /// </summary>
    private const int SlowMilliseconds = 5_000;

    private static readonly string[] Ended = ["snapshot", "result"];

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => scene.Gateway.ClearFaults();

    [NodeFact]
    public Task Socket_WithAHeader_TellsTheEndAndCloses() => Told("header", protocol: "");

    [NodeFact]
    public Task Socket_WithAHeaderAndItsProtocol_TellsTheEndAndCloses() => Told("headerAndProtocol");

    [NodeFact]
    public Task Socket_WithAKeyAsProtocol_TellsTheEndAndCloses() => Told("protocol");

    [NodeFact]
    public Task Socket_WithATokenAsProtocol_TellsTheEndAndCloses() => Told("tokenProtocol");

    [NodeFact]
    public Task Socket_WithATokenInItsAddress_TellsTheEndAndCloses() => Told("token");

    [NodeFact(20)]
    public Task NodesOwnSocket_WithAKeyAsProtocol_TellsTheEndAndCloses() => Told("nodeProtocol");

    [NodeFact(20)]
    public Task NodesOwnSocket_WithAToken_TellsTheEndAndCloses() => Told("nodeToken");

    /// <summary>Refused before the upgrade, so that clients can read the status.</summary>
    [NodeFact]
    public async Task Socket_OfAnothersJob_IsNotFound()
    {
        var (_, id) = await Job(ended: true);
        var told = await Watch("protocol", await scene.Run.Open(mode: "live"), id, scene.Run.Address);
        Assert.Equal(
            ("Unexpected server response: 404", 1006, 0),
            (told.Text("failure"), told.Number("code"), told.List("steps").Count));
    }

    [NodeFact]
    public async Task Socket_CutInTheMiddle_GoesOnAfterWhatItSaw()
    {
        await scene.Gateway.InjectFault(Slow);
        var (account, id) = await Job();
        await using var network = CutProxy.Start(scene.Run.Address);
        network.CutAfter("\"status\":\"processing\"");
        var told = await Watch("returning", account, id, network.Address);
        Assert.Equal([1006, 1000], told.List("codes").Select(code => code.GetInt32()));
        await Unbroken(told, account, id);
    }

    [NodeFact]
    public async Task EventSource_CutInTheMiddle_GoesOnAndStopsWhenTold()
    {
        await scene.Gateway.InjectFault(Slow);
        var (account, id) = await Job();
        await using var network = CutProxy.Start(scene.Run.Address);
        network.CutAfter("\"status\":\"processing\"");
        var told = await Watch("events", account, id, network.Address);
        await Unbroken(told, account, id);
        Assert.True(told.GetProperty("same").GetBoolean());
        var asked = told.List("asked");
        Assert.Equal([200, 200, 204], asked.Select(one => one.GetProperty("status").GetInt32()));
        Assert.Equal(1, network.Cuts);
        Assert.Equal(JsonValueKind.String, asked[1].GetProperty("after").ValueKind);
        Assert.StartsWith($"{asked[2].Text("after")} ", Steps(told)[^1], StringComparison.Ordinal);
    }

    private static object Slow { get; } =
        new { provider = "kling", operation = "poll", action = "delay", delay_ms = SlowMilliseconds, times = 1 };

    /// <summary>
    /// Asserts a snapshot and then every step to the end, once and in order, as an uncut client receives them.
    /// </summary>
    private async Task Unbroken(JsonElement told, TestAccount account, string id)
    {
        var uncut = Steps(await Watch("protocol", account, id, scene.Run.Address, "?after_seq=0"));
        var steps = Steps(told);
        var first = steps[0].Split(' ')[0];
        Assert.Equal($"{first} snapshot", steps[0]);
        Assert.Equal(
            uncut.SkipWhile(step => !step.StartsWith($"{first} ", StringComparison.Ordinal)).Skip(1), steps.Skip(1));
        Assert.EndsWith("result", steps[^1], StringComparison.Ordinal);
    }

    private static List<string> Steps(JsonElement told) => [.. told.List("steps").Select(step => step.GetString()!)];

    private async Task Told(string program, string protocol = "tryon.v1")
    {
        var (account, id) = await Job(ended: true);
        var told = await Watch(program, account, id, scene.Run.Address);
        Assert.Equal(Ended, Steps(told).Select(step => step.Split(' ')[1]));
        Assert.Equal(
            (protocol, 1000L, "succeeded", JsonValueKind.Null),
            (told.Text("protocol"), told.Number("code"), told.Text("end"), told.GetProperty("failure").ValueKind));
    }

    private async Task<(TestAccount Account, string Id)> Job(bool ended = false)
    {
        var account = await scene.Run.Open(mode: "live");
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        if (ended)
            await account.WaitUntilEnded(id);
        return (account, id);
    }

    private async Task<JsonElement> Watch(string program, TestAccount account, string id, Uri by, string query = "")
    {
        var token = program.Contains("oken", StringComparison.Ordinal)
            ? (await account.Post($"/api/v1/tryon/{id}/token", content: null)).Json.Text("token")
            : "";
        return await ClientProgram.Run("watch", scene, account.Key, program, new Dictionary<string, string>
        {
            ["TRYON_WS"] = $"ws://{by.Authority}/api/v1/tryon/{id}/ws{query}",
            ["TRYON_EVENTS"] = new Uri(by, $"/api/v1/tryon/{id}/events").ToString(),
            ["TRYON_TOKEN"] = token,
            ["NODE_OPTIONS"] = program.StartsWith("node", StringComparison.Ordinal) ? "--experimental-websocket" : "",
        });
    }
}
