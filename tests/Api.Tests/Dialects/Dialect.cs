using System.Text.Json;
using System.Text.Json.Nodes;

namespace TryOn.Api.Tests.Dialects;

/// <summary>A client of one of the two surfaces with flat jobs, TryItOn's and FASHN's.</summary>
public sealed class Dialect
{
    public const string TryItOn = "tryiton";
    public const string Fashn = "fashn";

    private readonly bool _fashn;

    private Dialect(bool fashn) => _fashn = fashn;

    public static TheoryData<string> Both => new(TryItOn, Fashn);

    public static object Clothes => new
    {
        model_image = TestPictures.Url(TestPictures.Person),
        garment_image = TestPictures.Url(TestPictures.Garment),
    };

    public string BeginPath => _fashn ? "/v1/run" : "/api/v1/tryon/clothes";

    public static Dialect Named(string name) => new(name == Fashn);

    public Task<Reply> Begin(TestAccount account, string fields = "{}", string? idempotencyKey = null)
    {
        var inputs = Clothes.With(fields);
        var body = _fashn ? new JsonObject { ["model_name"] = "tryon-v1.6", ["inputs"] = inputs } : inputs;
        return account.Post(BeginPath, Requests.Json(body), idempotencyKey);
    }

    public static string IdOf(Reply begun)
    {
        Assert.True(begun.Status == 200, begun.Text);
        return begun.Json.Text("id");
    }

    public Task<Reply> Poll(TestAccount account, string id) =>
        account.Get(_fashn ? $"/v1/status/{id}" : $"/api/v1/status/{id}");

    /// <summary>Waits until the job has ended and is settled, and returns it.</summary>
    public async Task<JsonElement> Ended(TestAccount account, string id)
    {
        JsonElement job = default;
        await TestAccount.Until(
            async () => (job = (await Poll(account, id)).Json).Text("status") is "completed" or "failed" or "canceled",
            () => $"job {id} is still {job.Text("status")}");
        await account.WaitUntilSettled();
        return job;
    }

    /// <summary>
    /// Asserts a refusal in the form of these surfaces, with a name, a sentence and no fields of a job.
    /// </summary>
    public void Refused(Reply reply, int status, string error)
    {
        Assert.True((reply.Status, reply.Json.Text("error")) == (status, error), $"{reply.Status} {reply.Text}");
        Assert.StartsWith("application/json", reply.Header("Content-Type"), StringComparison.Ordinal);
        var names = reply.Json.EnumerateObject().Select(field => field.Name);
        Assert.Equal(_fashn ? ["error", "message"] : ["ok", "error", "message"], names);
        Assert.NotEmpty(reply.Json.Text("message"));
        if (!_fashn)
            Assert.False(reply.Json.GetProperty("ok").GetBoolean());
        if (status == 429)
            Assert.InRange(int.Parse(reply.Header("Retry-After")!), 1, 60);
    }
}
