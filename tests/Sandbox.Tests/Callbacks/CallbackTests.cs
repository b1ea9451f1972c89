using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Tests.Kling;

namespace TryOn.Sandbox.Tests.Callbacks;

public sealed class CallbackTests
{
    private static readonly TimeSpan LinesMax = TimeSpan.FromSeconds(30);

    private const string Secret = "dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=";

    [Fact]
    public async Task Kling_Task_CallsBackAtEachChange()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();

        var submitted = await Submit(sandbox, listener.Address);

        var (processing, over) = (await listener.Next(), await listener.Next());
        Assert.Equal(("processing", "succeed"), (Status(processing), Status(over)));
        Assert.Equal(submitted.Data.GetProperty("task_id").GetString(), over.Json.GetProperty("task_id").GetString());
        var polled = (await sandbox.Poll("att_1")).Data;
        Assert.Equal(polled.GetRawText(), Encoding.UTF8.GetString(over.Body));
        Assert.DoesNotContain("webhook-signature", over.Headers.Keys);
    }

    [Fact]
    public async Task Kling_WithASecret_Signs()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start(options => options.KlingWebhookSecret = "whsec_" + Secret);

        await Submit(sandbox, listener.Address);

        var heard = await listener.Next();
        Assert.Equal(Signature(heard), heard.Headers["webhook-signature"]);
    }

    [Theory]
    [InlineData("/fal-ai/flux-pro/kontext/multi?fal_webhook=", "Key sandbox-fal-key", "OK")]
    [InlineData("/v1/run?webhook_url=", "Bearer sandbox-fashn-key", "completed")]
    public async Task Queue_Task_CallsBackAtItsEnd(string path, string key, string status)
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();

        await Queue(sandbox, listener.Address, path, key);

        Assert.Equal(status, (await listener.Next()).Json.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Log_OfACallback_SaysHowItWasAnswered()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();

        await Submit(sandbox, listener.Address);

        var over = (await Heard(listener, 2))[1];
        var line = (await Lines(sandbox, 3)).Last(line => Text(line, "operation") == "callback");
        Assert.Equal(
            ("callback", "accepted", "att_1", "kolors-virtual-try-on-v1-5", true),
            (Text(line, "operation"), Text(line, "outcome"), Text(line, "external_id"), Text(line, "model"),
                line.GetProperty("answered").GetBoolean()));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(over.Body)), Text(line, "body_sha256"));
    }

    [Theory]
    [InlineData("http://192.0.2.1/callbacks")]
    [InlineData("ftp://127.0.0.1/callbacks")]
    [InlineData("nonsense")]
    public async Task Address_OfAnotherMachine_IsNotCalled(string address)
    {
        await using var sandbox = await SandboxRun.Start();

        Assert.Equal(0, (await Submit(sandbox, address)).Code);

        var line = (await Lines(sandbox, 3)).Last(line => Text(line, "operation") == "callback");
        Assert.Equal(("dropped_before", false), (Text(line, "outcome"), line.GetProperty("answered").GetBoolean()));
    }

    [Fact]
    public async Task Server_ThatStops_DropsWhatIsNotDue()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start(options => options.Speed = 0.01);
        await Submit(sandbox, listener.Address);

        await sandbox.StopServer().WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(0, listener.Unread);
    }

    public static Task<Reply> Submit(SandboxRun sandbox, string address, string id = "att_1") =>
        sandbox.Submit(new Dictionary<string, object?>(KlingRequests.Body(id)) { ["callback_url"] = address });

    internal static Task Flux(SandboxRun sandbox, string address) =>
        Queue(sandbox, address, "/fal-ai/flux-pro/kontext/multi?fal_webhook=", "Key sandbox-fal-key");

    public static string? Status(Heard heard) => heard.Json.GetProperty("task_status").GetString();

    public static async Task<List<Heard>> Heard(Listener listener, int count)
    {
        var heard = new List<Heard>();
        while (heard.Count < count)
            heard.Add(await listener.Next());
        return heard;
    }

    public static string Signature(Heard heard)
    {
        byte[] signed = [
            .. Encoding.UTF8.GetBytes($"{heard.Headers["webhook-id"]}.{heard.Headers["webhook-timestamp"]}."),
            .. heard.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret), signed));
    }

    private static async Task Queue(SandboxRun sandbox, string address, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path + Uri.EscapeDataString(address))
        {
            Content = JsonContent.Create(path.StartsWith("/fal", StringComparison.Ordinal) ? FluxInput : FashnRun),
        };
        request.Headers.TryAddWithoutValidation("Authorization", key);
        Assert.Equal(200, (await sandbox.Send(request)).Status);
    }

    /// <summary>A line is logged once its callback has been answered, a moment after the callback itself.</summary>
    private static async Task<List<JsonElement>> Lines(SandboxRun sandbox, int count)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var lines = await sandbox.Log();
            if (lines.Count >= count)
                return lines;
            Assert.True(
                TimeProvider.System.GetElapsedTime(since) < LinesMax,
                $"only {lines.Count} of {count} lines were logged");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }

    private static object FluxInput =>
        new { prompt = "dress", image_urls = new[] { Url(Samples.Person), Url(Samples.Garment) } };

    private static object FashnRun => new
    {
        model_name = "tryon-v1.6",
        inputs = new { model_image = Url(Samples.Person), garment_image = Url(Samples.Garment) },
    };

    private static string Url(byte[] picture) => $"data:image/png;base64,{Samples.Base64(picture)}";

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}
