using System.Text.Json;

namespace TryOn.Api.Tests.Jobs;

/// <summary>The job as older clients poll it, by the <c>statusUrl</c> of the first answer.</summary>
[Collection(Shared.Name)]
public sealed class JobStatusTests(SharedGateway gateway)
{
    [Fact]
    public async Task Job_WantedAsync_IsA202WithAFastModelToo()
    {
        var account = await gateway.Run.Open();
        var form = await account.TryOn(Requests.Good(Requests.Gemini, ("mode", "async")));
        var json = await account.TryOn(Requests.Json(new
        {
            model = Requests.Gemini,
            mode = "async",
            person_images = TestPictures.Url(TestPictures.Person),
            garment_images = TestPictures.Url(TestPictures.Garment),
        }));
        Assert.Equal((202, 202), (form.Status, json.Status));
        await account.WaitUntilEnded(form.Json.Text("id"));
        await account.WaitUntilEnded(json.Json.Text("id"));
        await account.WaitUntilSettled();
    }

    [Fact]
    public async Task Status_ByItsUrl_EndsWithAnImage()
    {
        var account = await gateway.Run.Open();
        var begun = (await account.TryOn(Requests.Good(Requests.Kling))).Json;
        JsonElement job = default;
        await TestAccount.Until(
            async () => (job = (await account.Get(begun.Text("statusUrl"))).Json).Text("status") != "processing",
            () => "it is still processing");
        Assert.Equal(
            ["jobId", "status", "imageUrl", "imageBase64", "message", "result", "error", "errorCode"],
            job.EnumerateObject().Select(field => field.Name));
        Assert.Equal((begun.Text("jobId"), "completed"), (job.Text("jobId"), job.Text("status")));
        Assert.Equal(200, (await gateway.Run.Send(HttpMethod.Get, job.Text("imageUrl"), bearer: null)).Status);
        await account.WaitUntilSettled();
    }

    [Fact]
    public async Task Status_WithoutCredits_IsStillPaymentRequiredOnThisRoute()
    {
        var account = await gateway.Run.Open(credits: 0);
        Envelope.Check(await account.TryOn(Requests.Good()), 402, "OutOfCredits", "payment_required");
        Envelope.Check(await account.Get("/api/v1/tryon/status/job_x"), 404, "NotFound", "not_found");
    }
}
