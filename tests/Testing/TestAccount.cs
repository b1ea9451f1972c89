using System.Diagnostics;
using System.Text.Json;

namespace TryOn.Testing;

/// <summary>An account of one test, read with its own key and through the admin API.</summary>
public sealed class TestAccount(GatewayRun run, string id, string key)
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan WaitStep = TimeSpan.FromMilliseconds(25);

    public string Id => id;

    public string Key => key;

    public Task<Reply> Get(string path) => run.Send(HttpMethod.Get, path, key);

    public async Task<Reply> Post(string path, HttpContent? content, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return await run.Send(request);
    }

    public Task<Reply> TryOn(HttpContent content, string? idempotencyKey = null) =>
        Post("/api/v1/tryon", content, idempotencyKey);

    public Task<Reply> Chat(HttpContent content, string? idempotencyKey = null) =>
        Post("/api/v1/chat/completions", content, idempotencyKey);

    public async Task<JsonElement> Figures() => (await run.Admin(HttpMethod.Get, $"accounts/{id}")).Json;

    public async Task<IReadOnlyList<JsonElement>> Statement() =>
        (await run.Admin(HttpMethod.Get, $"accounts/{id}/statement")).Json.List("entries");

    /// <summary>The kinds of the statement's entries, in order and separated by spaces.</summary>
    public async Task<string> StatementKinds() =>
        string.Join(' ', (await Statement()).Select(entry => entry.Text("kind")));

    /// <summary>Waits until the job has ended, and returns it.</summary>
    public async Task<JsonElement> WaitUntilEnded(string jobId)
    {
        JsonElement job = default;
        await Until(
            async () =>
            {
                job = (await Get($"/api/v1/tryon/{jobId}")).Json;
                return job.Text("status") is "succeeded" or "failed" or "canceled";
            },
            () => $"job {jobId} is still {job.Text("status")}");
        return job;
    }

    /// <summary>
    /// Waits until nothing is reserved, and returns the account's figures. A job ends a moment before it is settled.
    /// </summary>
    public async Task<JsonElement> WaitUntilSettled()
    {
        JsonElement figures = default;
        await Until(
            async () => (figures = await Figures()).Number("reserved") == 0,
            () => $"account {id} still has {figures.Number("reserved")} credits reserved");
        return figures;
    }

    /// <summary>
    /// Makes a request that must be refused, and asserts that it changed neither credits, statement nor pictures.
    /// </summary>
    public async Task<Reply> AssertUnchanged(Func<Task<Reply>> act)
    {
        var (pictures, figures, story) = (await run.Pictures(), (await Figures()).ToString(), await StatementKinds());
        var reply = await act();
        Assert.Empty((await run.Pictures()).Except(pictures));
        Assert.Equal(figures, (await Figures()).ToString());
        Assert.Equal(story, await StatementKinds());
        return reply;
    }

    public static async Task Until(Func<Task<bool>> done, Func<string> failure)
    {
        var watch = Stopwatch.StartNew();
        while (!await done())
        {
            Assert.True(watch.Elapsed < WaitMax, $"After {WaitMax.TotalSeconds} s {failure()}.");
            await Task.Delay(WaitStep, TimeProvider.System);
        }
    }
}
