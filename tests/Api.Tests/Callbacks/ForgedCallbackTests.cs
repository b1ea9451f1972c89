using System.Text;

namespace TryOn.Api.Tests.Callbacks;

public sealed class ForgedCallbackTests(CallbackScene scene) : IClassFixture<CallbackScene>
{
    private const int BodyBytesMax = 64 * 1024;

    /// <summary>Genuine addresses in which one part is replaced by that of another job.</summary>
    private static readonly string[] Forged =
    [
        "/callbacks/kling/{attempt}/AAAAAAAAAAAAAAAAAAAAAAAA", "/callbacks/kling/{attempt}/x",
        "/callbacks/kling/{attempt}/", "/callbacks/fal/{attempt}/{hash}", "/callbacks/openai/{attempt}/{hash}",
        "/callbacks/KLING/{attempt}/{hash}",
        "/callbacks/kling/{attempt}0/{hash}", "/callbacks/kling/{attempt}%20/{hash}",
        "/callbacks/kling/{attempt}/{hash}/more", "/callbacks/kling/job_0000000000000000000000-1/{hash}",
    ];

    [Fact]
    public async Task Address_ThatWasNotGiven_IsNoneAtAll()
    {
        var (account, id, held) = await scene.Hold();
        var parts = held[1].Path.Split('/');
        foreach (var path in Forged)
        {
            var filled = path.Replace("{attempt}", parts[3], StringComparison.Ordinal)
                .Replace("{hash}", parts[4], StringComparison.Ordinal);
            await scene.RefusedInSilence(await scene.Relay.Post(held[1] with { Path = filled }), account, id);
        }

        await scene.Relay.Post(held[1]);
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
    }

    [Fact]
    public async Task Body_BeyondItsLimit_IsNoCallback()
    {
        var (account, id, held) = await scene.Hold();

        await scene.RefusedInSilence(await Blanks(held[1].Path, BodyBytesMax + 1, chunked: false), account, id);
        await scene.RefusedInSilence(await Blanks(held[1].Path, BodyBytesMax + 1, chunked: true), account, id);

        var reply = await Blanks(held[1].Path, BodyBytesMax, chunked: false);
        Assert.True(reply.Status == 200, $"{reply.Status} {reply.Text}");
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
    }

    private async Task<Reply> Blanks(string path, int length, bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(Encoding.ASCII.GetBytes(new string(' ', length))),
        };
        request.Headers.TransferEncodingChunked = chunked;
        return await scene.Gateway.Run.Send(request);
    }
}

public sealed class UnsignedCallbackTests(SignedCallbackScene scene) : IClassFixture<SignedCallbackScene>
{
    [Fact]
    public async Task Signature_ThatIsMissingOrWrong_IsNoCallback()
    {
        var (account, id, held) = await scene.Hold();
        var over = held[1];
        Carried[] forged =
        [
            over with { Headers = new Dictionary<string, string>() },
            over with { Body = [.. over.Body, (byte)' '] },
            over.With("webhook-id", "another"),
            over.With("webhook-timestamp", "1"),
            over.With("webhook-signature", "v1,AAAA"),
        ];

        foreach (var callback in forged)
            await scene.RefusedInSilence(await scene.Relay.Post(callback), account, id);

        Assert.Equal(200, (await scene.Relay.Post(over)).Status);
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
    }

    [Fact]
    public async Task Forgery_OfTheUpstreamsName_EndsNothing()
    {
        await scene.Gateway.InjectFault(
            new { provider = "kling", operation = "callback", action = "forge", times = 1 });
        var (account, id) = await scene.Begin();

        var forged = (await scene.Relay.CallbacksOf(id, 2))[1];

        await scene.RefusedInSilence(forged.Answer!, account, id);
        Assert.Contains(
            await scene.Gateway.WitnessLog(),
            line => (line.Text("operation"), line.Text("outcome")) == ("callback", "refused"));
    }
}

internal static class Silence
{
    /// <summary>Asserts a 404 as for an unknown address, and that the job still waits.</summary>
    public static async Task RefusedInSilence(this CallbackScene scene, Reply reply, TestAccount account, string id)
    {
        var nowhere = await scene.Gateway.Run.Send(
            HttpMethod.Post, "/no/such/address", bearer: null, Requests.Json(new { }));
        Assert.Equal(
            (404, nowhere.Json.GetProperty("error").Text("message")),
            (reply.Status, reply.Json.GetProperty("error").Text("message")));
        Assert.Equal("processing", (await account.Get($"/api/v1/tryon/{id}")).Json.Text("status"));
        Assert.Equal("grant reserve", await account.StatementKinds());
    }
}
