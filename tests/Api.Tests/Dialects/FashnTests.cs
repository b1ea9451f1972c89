using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Core.Pictures;

namespace TryOn.Api.Tests.Dialects;

[Collection(Live.Name)]
public sealed class FashnTests(LiveGateway gateway) : IAsyncLifetime
{
    private static readonly Dialect Surface = Dialect.Named(Dialect.Fashn);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Fact]
    public async Task Run_OfItsModel_IsAnIdAndNoError()
    {
        var account = await gateway.Run.Open();
        var reply = await Surface.Begin(account);
        var id = Dialect.IdOf(reply);
        Assert.Equal($$"""{"id":"{{id}}","error":null}""", reply.Text);
        Assert.Equal("completed", (await Surface.Ended(account, id)).Text("status"));
    }

    [Fact]
    public async Task Run_OfASlug_GoesToThatModel()
    {
        var account = await gateway.Run.Open();
        var body = new { model_name = Requests.Gemini, inputs = Dialect.Clothes, pollInterval = 10 };
        var id = Dialect.IdOf(await account.Post("/v1/run", Requests.Json(body)));
        await Surface.Ended(account, id);
        Assert.Equal(Requests.Gemini, (await account.Get($"/api/v1/tryon/{id}")).Json.Text("model"));
    }

    [Fact]
    public async Task Status_OfACompletedJob_TellsItsCreditsInAHeader()
    {
        var account = await gateway.Run.Open();
        var id = Dialect.IdOf(await Surface.Begin(account, """{"num_samples": 2}"""));
        var job = await Surface.Ended(account, id);
        Assert.Equal(["id", "status", "output", "error"], job.EnumerateObject().Select(field => field.Name));
        Assert.Equal((2, JsonValueKind.Null), (job.List("output").Count, job.GetProperty("error").ValueKind));
        Assert.Equal("2", (await Surface.Poll(account, id)).Header("x-fashn-credits-used"));
    }

    [Fact]
    public async Task Status_OfARunThatWantsBase64_HoldsItsPictures()
    {
        var account = await gateway.Run.Open();
        var id = Dialect.IdOf(await Surface.Begin(account, """{"num_samples": 2, "return_base64": true}"""));
        var outputs = (await Surface.Ended(account, id)).List("output").Select(output => output.GetString()!).ToList();
        var addresses = (await account.Get($"/api/v1/tryon/{id}")).Json.List("output")
            .Select(output => output.Text("url")).ToList();
        Assert.Equal((2, 2), (outputs.Count, addresses.Count));
        foreach (var (output, address) in outputs.Zip(addresses))
            Assert.Equal(
                TestPictures.Url((await gateway.Run.Send(HttpMethod.Get, address, bearer: null)).Body), output);
        var tryItOn = (await Dialect.Named(Dialect.TryItOn).Poll(account, id)).Json.List("output");
        Assert.Equal(addresses, tryItOn.Select(output => output.GetString()));
    }

    [Fact]
    public async Task Status_OfADeletedPicture_IsItsAddressAgain()
    {
        var account = await gateway.Run.Open();
        var id = Dialect.IdOf(await Surface.Begin(account, """{"return_base64": true}"""));
        await Surface.Ended(account, id);
        var stored = Assert.Single(await gateway.Run.Pictures(), name => name.StartsWith(id, StringComparison.Ordinal));
        var pictures = gateway.Run.Services.GetRequiredService<IPictureStore>();
        await pictures.Delete(new PictureId(id, stored[(id.Length + 1)..]), CancellationToken.None);
        var job = (await Surface.Poll(account, id)).Json;
        var address = Assert.Single(job.List("output")).GetString()!;
        Assert.Equal("completed", job.Text("status"));
        Assert.Equal(404, (await gateway.Run.Send(HttpMethod.Get, address, bearer: null)).Status);
    }

    [Fact]
    public async Task Status_OfAFailedJob_HasNoOutputAndCostsNothing()
    {
        await gateway.InjectFault(
            new { provider = "kling", operation = "submit", action = "fail_task", body = "content policy", times = 1 });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Surface.Begin(account));
        var job = await Surface.Ended(account, id);
        Assert.Equal(("failed", JsonValueKind.Null), (job.Text("status"), job.GetProperty("output").ValueKind));
        Assert.Equal("ContentModerationError", job.GetProperty("error").Text("name"));
        Assert.Equal("0", (await Surface.Poll(account, id)).Header("x-fashn-credits-used"));
    }

    [Fact]
    public async Task Status_OfAJobThatRuns_IsOneThatItsClientWaitsFor()
    {
        await gateway.InjectFault(new { provider = "kling", operation = "poll", action = "status", status = 503 });
        var account = await gateway.Run.Open(mode: "live");
        var id = Dialect.IdOf(await Surface.Begin(account));
        var reply = await Surface.Poll(account, id);
        Assert.Contains(reply.Json.Text("status"), new[] { "in_queue", "processing" });
        Assert.Null(reply.Header("x-fashn-credits-used"));
        await gateway.ClearFaults();
        await Surface.Ended(account, id);
    }

    [Fact]
    public async Task Credits_OfAnAccount_AreASumOfTwo()
    {
        var account = await gateway.Run.Open(credits: 7);
        var credits = await account.Get("/v1/credits");
        Assert.Equal("""{"credits":{"total":7,"subscription":0,"on_demand":7}}""", credits.Text);
        Surface.Refused(
            await new TestAccount(gateway.Run, account.Id, "wrong").Get("/v1/credits"), 401, "UnauthorizedAccess");
    }

    [Theory]
    [InlineData("https://example.com/hook?job=1", 200)]
    [InlineData("http://example.com/hook", 400)]
    [InlineData("https://localhost/hook", 400)]
    [InlineData("https://10.0.0.1/hook", 400)]
    [InlineData("https://[::1]/hook", 400)]
    [InlineData("https://0x7f.1/hook", 400)]
    [InlineData("https://user:secret@example.com/", 400)]
    [InlineData("hook", 400)]
    public async Task Webhook_OfAnAddress_MustBePublicAndHttps(string url, int status)
    {
        var account = await gateway.Run.Open();
        var path = $"/v1/run?webhook_url={Uri.EscapeDataString(url)}";
        var reply = await account.Post(
            path, Requests.Json(new { model_name = "tryon-v1.6", inputs = Dialect.Clothes }));
        if (status == 200)
            await Surface.Ended(account, Dialect.IdOf(reply));
        else
            Surface.Refused(reply, 400, "BadRequest");
    }
}
