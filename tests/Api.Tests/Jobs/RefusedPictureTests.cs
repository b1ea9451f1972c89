using System.Text.Json;

namespace TryOn.Api.Tests.Jobs;

/// <summary>A picture that a provider refuses is the caller's, whichever words the provider has for it.</summary>
public sealed class RefusedPictureTests : IAsyncLifetime
{
    private readonly LiveGateway _gateway = new() { AllProviders = true };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Job_WhosePictureIsRefused_IsTheCallersFault()
    {
        foreach (var (provider, model, status, body) in Refusals)
        {
            var account = await _gateway.Run.Open(credits: 9, mode: "live");
            await _gateway.InjectFault(new
            {
                provider,
                operation = "submit",
                action = "status",
                status,
                body = JsonSerializer.Deserialize<JsonElement>(body),
            });
            var reply = await account.TryOn(Requests.Good(model));
            var job = await account.WaitUntilEnded(reply.Json.Text("id"));
            Assert.Equal(
                (body, "failed", "image_rejected"),
                (body, job.Text("status"), job.GetProperty("error").Text("name")));
            await account.WaitUntilSettled();
            Assert.Equal("grant reserve release", await account.StatementKinds());
            await _gateway.ClearFaults();
        }
    }

    private static (string Provider, string Model, int Status, string Body)[] Refusals =>
    [
        ("openai", "openai/gpt-image-1", 400,
            """{"error":{"message":"m","type":"image_generation_user_error","param":null,"code":"invalid_image_file"}}"""),
        ("openai", "openai/gpt-image-1", 400,
            """{"error":{"message":"m","type":"invalid_request_error","param":"","code":"image_parse_error"}}"""),
        ("gemini", Requests.Gemini, 400,
            """{"error":{"code":400,"status":"INVALID_ARGUMENT","message":"Unable to process input image."}}"""),
        ("kling", Requests.Kling, 400, """{"code":1201,"message":"Image pixel is invalid"}"""),
        ("fal", "fal/flux-kontext", 422, """{"detail":[{"loc":["body"],"msg":"m","type":"image_load_error"}]}"""),
        ("fashn", "fashn/tryon-v1-6", 400, """{"error":"BadRequest","message":"inputs.model_image is no image"}"""),
    ];
}
