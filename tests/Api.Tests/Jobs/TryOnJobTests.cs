using System.Text.Json;
using TryOn.Core.Images;

namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class TryOnJobTests(SharedGateway gateway)
{
    [Fact]
    public async Task Job_OfASubmitPollModel_IsPendingThenSucceeds()
    {
        var account = await gateway.Run.Open(credits: 5);
        var accepted = await account.TryOn(Requests.Good(Requests.Kling, ("fast_mode", "true")));
        Assert.Equal((202, "pending"), (accepted.Status, accepted.Json.Text("status")));
        Assert.Empty(accepted.Json.List("output"));

        var job = await account.WaitUntilEnded(accepted.Json.Text("id"));
        Assert.Equal("succeeded", job.Text("status"));
        Assert.Equal(JsonValueKind.Null, job.GetProperty("error").ValueKind);
        await CheckDownload(Assert.Single(job.List("output")));
    }

    [Fact]
    public async Task Job_OfASyncModel_IsAnsweredWithItsPicture()
    {
        var account = await gateway.Run.Open(credits: 5);
        var reply = await account.TryOn(Requests.Good(Requests.Gemini, ("prompt", "as a coat")));
        Assert.Equal((200, "succeeded"), (reply.Status, reply.Json.Text("status")));
        await CheckDownload(Assert.Single(reply.Json.List("output")));
    }

    [Theory]
    [InlineData(Requests.Kling)]
    [InlineData(Requests.Gemini)]
    public async Task Job_ThatSucceeds_CostsOneCreditOnce(string model)
    {
        var account = await gateway.Run.Open(credits: 5);
        var job = await account.WaitUntilEnded((await account.TryOn(Requests.Good(model))).Json.Text("id"));
        var figures = await account.WaitUntilSettled();
        Assert.Equal((4, 1, 5), (figures.Number("available"), figures.Number("captured"), figures.Number("granted")));
        Assert.Equal("grant reserve capture", await account.StatementKinds());
        var credits = (await account.Get("/api/v1/credits")).Json;
        Assert.Equal((1, 4), (job.Number("credits"), credits.Number("balance")));
    }

    [Fact]
    public async Task Statement_AfterAJob_ShowsWhatWasLeftEachTime()
    {
        var account = await gateway.Run.Open(credits: 5);
        var job = (await account.TryOn(Requests.Good())).Json.Text("id");
        await account.WaitUntilSettled();
        var lines = (await account.Statement()).Select(entry =>
            $"{entry.Number("sequence")} {entry.Text("kind")} {entry.Number("amount")}: "
            + $"{entry.Number("available")}+{entry.Number("reserved")}");
        Assert.Equal(["1 grant 5: 5+0", "2 reserve 1: 4+1", "3 capture 1: 4+0"], lines);
        Assert.All((await account.Statement()).Skip(1), entry => Assert.Equal(job, entry.Text("job_id")));
    }

    [Fact]
    public async Task Job_Answer_HasEveryDocumentedField()
    {
        var account = await gateway.Run.Open();
        var job = (await account.TryOn(Requests.Good())).Json;
        var id = job.Text("id");
        Assert.Equal(("tryon.job", Requests.Gemini, "test"), (job.Text("object"), job.Text("model"), job.Text("mode")));
        Assert.Equal((id, $"/api/v1/tryon/status/{id}"), (job.Text("jobId"), job.Text("statusUrl")));
        Assert.Equal($"{gateway.Run.Address}api/v1/tryon/{id}", job.Text("polling_url"));
        Assert.Equal(1, job.GetProperty("progress").GetDouble());
        Assert.InRange(
            DateTimeOffset.FromUnixTimeSeconds(job.Number("created_at")), Now.AddMinutes(-5), Now.AddMinutes(5));
    }

    [Fact]
    public async Task Job_ReadTwice_IsTheSameBytes()
    {
        var account = await gateway.Run.Open();
        var id = (await account.TryOn(Requests.Good())).Json.Text("id");
        var (first, second) = (await account.Get($"/api/v1/tryon/{id}"), await account.Get($"/api/v1/tryon/{id}"));
        Assert.Equal(first.Text, second.Text);
    }

    [Fact]
    public async Task Job_ThatEnded_LeavesOnlyItsResultStored()
    {
        var account = await gateway.Run.Open();
        var id = (await account.TryOn(Requests.Good(Requests.Kling))).Json.Text("id");
        await account.WaitUntilEnded(id);
        await account.WaitUntilSettled();
        var name = Assert.Single(
            await gateway.Run.Pictures(), picture => picture.StartsWith(id, StringComparison.Ordinal));
        Assert.StartsWith($"{id}/out-", name, StringComparison.Ordinal);
    }

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private async Task CheckDownload(JsonElement output)
    {
        var picture = await gateway.Run.Send(HttpMethod.Get, output.Text("url"), bearer: null);
        Assert.Equal((200, "image/png"), (picture.Status, picture.Header("Content-Type")));
        Assert.Equal("image/png", output.Text("content_type"));
        Assert.Equal("nosniff", picture.Header("X-Content-Type-Options"));
        Assert.Equal("default-src 'none'", picture.Header("Content-Security-Policy"));
        Assert.Contains("private", picture.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.StartsWith("inline; filename=", picture.Header("Content-Disposition"), StringComparison.Ordinal);
        var decoded = Assert.IsType<ImageReply.Accepted>(
            await SharedImageWorkers.Instance.Verify(picture.Body, CancellationToken.None));
        Assert.Equal(
            (output.Number("width"), output.Number("height")), (decoded.Info.Sides.Width, decoded.Info.Sides.Height));
    }
}
