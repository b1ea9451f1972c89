using System.Text.Json;

namespace TryOn.Api.Tests.Jobs;

/// <summary>A result that is not a whole picture is never charged, whatever is missing and however it came.</summary>
public sealed class HalfPictureTests(AllProvidersGateway shared) : IClassFixture<AllProvidersGateway>, IAsyncLifetime
{
    private readonly LiveGateway _gateway = shared.Gateway;

    public static TheoryData<string, string, string> Inline => Matrix(
        [("gemini", Requests.Gemini), ("openai", "openai/gpt-image-1")],
        ["first-bytes", "a-tenth", "half", "nine-tenths", "all-but-20-bytes"]);

    public static TheoryData<string, string, string> ByAddress => Matrix(
        [("kling", Requests.Kling), ("fal", "fal/flux-kontext"), ("fashn", "fashn/tryon-v1-6")],
        ["a-few-bytes", "half", "all-but-100-bytes", "connection-lost", "page"]);

    public Task InitializeAsync() => _gateway.ClearFaults();

    public Task DisposeAsync() => _gateway.ClearFaults();

    /// <summary>The answer exists once, so the attempt is made once more.</summary>
    [Theory]
    [MemberData(nameof(Inline))]
    public async Task Answer_WithPartOfAPicture_IsTriedOnceMore(string provider, string model, string cut)
    {
        var account = await _gateway.Run.Open(credits: 9, mode: "live");
        var submits = await _gateway.SubmitCount();
        await InjectAnswer(provider, Cut(TestPictures.Person, cut), times: 1);

        var job = await Run(account, model);

        Assert.Equal("succeeded", job.Text("status"));
        Assert.Equal(2, await _gateway.SubmitCount() - submits);
        Assert.Equal(1, Count(await account.StatementKinds(), "capture"));
    }

    [Theory]
    [MemberData(nameof(Inline))]
    public async Task Answer_WithPartOfAPictureAgain_IsNotCharged(string provider, string model, string cut)
    {
        var account = await _gateway.Run.Open(credits: 9, mode: "live");
        await InjectAnswer(provider, Cut(TestPictures.Person, cut), times: null);

        var job = await Run(account, model);

        Assert.Equal(
            ("failed", "no_image_generated"), (job.Text("status"), job.GetProperty("error").Text("name")));
        Assert.Equal("grant reserve release", await account.StatementKinds());
        Assert.DoesNotContain(
            await _gateway.Run.Pictures(), name => name.Contains(job.Text("id"), StringComparison.Ordinal)
                && name.Contains("out-", StringComparison.Ordinal));
    }

    /// <summary>The upstream keeps the picture, so it is fetched again, and not paid for again.</summary>
    [Theory]
    [MemberData(nameof(ByAddress))]
    public async Task Address_ThatGivesPartOfAPicture_IsAskedAgain(string provider, string model, string cut)
    {
        var account = await _gateway.Run.Open(credits: 9, mode: "live");
        var whole = (await Run(account, model)).GetProperty("output")[0];
        var length = (await _gateway.Run.Send(HttpMethod.Get, whole.Text("url"), bearer: null)).Body.Length;
        var submits = await _gateway.SubmitCount();
        var downloads = await _gateway.RequestCount(provider, "download");
        await _gateway.InjectFault(cut switch
        {
            "a-few-bytes" => new { provider, operation = "download", action = "cut", times = 1, bytes = 30 },
            "half" => new { provider, operation = "download", action = "cut", times = 1, bytes = length / 2 },
            "all-but-100-bytes" => new
                { provider, operation = "download", action = "cut", times = 1, bytes = length - 100 },
            "connection-lost" => new { provider, operation = "download", action = "truncate", times = 1 },
            _ => (object)new
            {
                provider, operation = "download", action = "status", times = 1, status = 200,
                body = "<html><body>One moment, please.</body></html>",
            },
        });

        var job = await Run(account, model);

        Assert.Equal("succeeded", job.Text("status"));
        Assert.Equal(1, await _gateway.SubmitCount() - submits);
        Assert.Equal(2, await _gateway.RequestCount(provider, "download") - downloads);
        Assert.Equal(2, Count(await account.StatementKinds(), "capture"));
    }

    private static TheoryData<string, string, string> Matrix((string Name, string Model)[] providers, string[] cuts)
    {
        var matrix = new TheoryData<string, string, string>();
        foreach (var (name, model) in providers)
        {
            foreach (var cut in cuts)
                matrix.Add(name, model, cut);
        }

        return matrix;
    }

    private static byte[] Cut(byte[] picture, string cut) => cut switch
    {
        "first-bytes" => picture[..33],
        "a-tenth" => picture[..(picture.Length / 10)],
        "half" => picture[..(picture.Length / 2)],
        "nine-tenths" => picture[..(picture.Length * 9 / 10)],
        _ => picture[..^20],
    };

    private static int Count(string kinds, string kind) => kinds.Split(' ').Count(each => each == kind);

    private async Task<JsonElement> Run(TestAccount account, string model)
    {
        var reply = await account.TryOn(Requests.Good(model));
        var job = await account.WaitUntilEnded(reply.Json.Text("id"));
        await account.WaitUntilSettled();
        return job;
    }

    private Task InjectAnswer(string provider, byte[] picture, int? times)
    {
        var data = Convert.ToBase64String(picture);
        var body = JsonSerializer.Deserialize<JsonElement>(provider == "gemini"
            ? $$$"""
            {"candidates":[{"finishReason":"STOP","content":{"role":"model","parts":[
                {"inlineData":{"mimeType":"image/png","data":"{{{data}}}"}}]}}],"modelVersion":"v","responseId":"r"}
            """
            : $$"""{"created":1,"data":[{"b64_json":"{{data}}"}]}""");
        return _gateway.InjectFault(times is { } number
            ? new { provider, operation = "submit", action = "status", status = 200, times = number, body }
            : (object)new { provider, operation = "submit", action = "status", status = 200, body });
    }
}

/// <summary>One gateway for all tests of a class, with all five upstreams.</summary>
public sealed class AllProvidersGateway : IAsyncLifetime
{
    public LiveGateway Gateway { get; } = new() { AllProviders = true };

    public Task InitializeAsync() => Gateway.InitializeAsync();

    public Task DisposeAsync() => Gateway.DisposeAsync();
}
