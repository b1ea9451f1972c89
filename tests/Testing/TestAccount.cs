using System.Diagnostics;
using System.Text.Json;

namespace TryOn.Testing;

/// <summary>An account of one test, seen through its key and through the operator's eyes.</summary>
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

    /// <summary>The kinds of the statement's entries, in order.</summary>
    public async Task<string> Story() =>
        string.Join(' ', (await Statement()).Select(entry => entry.Text("kind")));

    /// <summary>The job once it has ended.</summary>
    public async Task<JsonElement> Ended(string jobId)
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

    /// <summary>The account's figures once nothing is reserved any more: a job ends a moment before its money does.</summary>
    public async Task<JsonElement> Settled()
    {
        JsonElement figures = default;
        await Until(
            async () => (figures = await Figures()).Number("reserved") == 0,
            () => $"account {id} still has {figures.Number("reserved")} credits reserved");
        return figures;
    }

    /// <summary>Does what must be refused, and sees to it that the refusal cost nothing and left nothing behind.</summary>
    public async Task<Reply> Untouched(Func<Task<Reply>> act)
    {
        var (pictures, figures, story) = (await run.Pictures(), (await Figures()).ToString(), await Story());
        var reply = await act();
        Assert.Empty((await run.Pictures()).Except(pictures));
        Assert.Equal(figures, (await Figures()).ToString());
        Assert.Equal(story, await Story());
        return reply;
    }

    public static async Task Until(Func<Task<bool>> done, Func<string> complaint)
    {
        var watch = Stopwatch.StartNew();
        while (!await done())
        {
            Assert.True(watch.Elapsed < WaitMax, $"After {WaitMax.TotalSeconds} s {complaint()}.");
            await Task.Delay(WaitStep, TimeProvider.System);
        }
    }
}
