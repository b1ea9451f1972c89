using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace TryOn.Api.Tests.Callbacks;

public sealed class FalSignatureTests(CallbackScene scene) : IClassFixture<CallbackScene>
{
    private const string RequestId = "X-Fal-Webhook-Request-Id";
    private const string UserId = "X-Fal-Webhook-User-Id";
    private const string Timestamp = "X-Fal-Webhook-Timestamp";
    private const string Signature = "X-Fal-Webhook-Signature";

    [Fact]
    public async Task Signature_ThatIsMissingOrWrong_IsNoCallback()
    {
        var (account, id, held) = await scene.Hold("fal/flux-kontext", callbacks: 1);
        var over = held[0];
        Carried[] forged =
        [
            over with { Headers = new Dictionary<string, string>() },
            over.With(RequestId, null), over.With(UserId, null), over.With(Timestamp, null), over.With(Signature, null),
            over with { Body = [.. over.Body, (byte)' '] },
            over with { Body = [] },
            over.With(RequestId, "another"), over.With(UserId, "another"),
            over.With(Timestamp, Later(over, 1)), over.With(Timestamp, Later(over, -301)),
            over.With(Signature, "AAAA"),
            ByAStranger(over),
        ];

        foreach (var callback in forged)
            await scene.RefusedInSilence(await scene.Relay.Post(callback), account, id);

        Assert.Equal((200, ""), await Answer(over));
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
        await account.WaitUntilSettled();
        Assert.Equal("grant reserve capture", await account.StatementKinds());
    }

    [Fact]
    public async Task Forgery_OfFalsName_EndsNothing()
    {
        await scene.Gateway.InjectFault(new { provider = "fal", operation = "callback", action = "forge", times = 1 });
        var (account, id) = await scene.Begin("fal/flux-kontext");

        await scene.RefusedInSilence((await scene.Relay.CallbacksOf(id, 1))[0].Answer!, account, id);
    }

    /// <summary>Forgeries with a genuine address. Without one no keys are fetched at all.</summary>
    [Fact]
    public async Task Forgeries_HoweverMany_FetchTheKeysOnceAMinute()
    {
        var (start, before) = (TimeProvider.System.GetTimestamp(), await scene.Gateway.RequestCount("fal", "keys"));
        var (account, id, held) = await scene.Hold("fal/flux-kontext", callbacks: 1);

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => scene.Relay.Post(ByAStranger(held[0]))));
        await Task.WhenAll(
            Enumerable.Range(0, 50).Select(_ => scene.Relay.Post(held[0] with { Path = held[0].Path + "0" })));

        var minutes = (int)TimeProvider.System.GetElapsedTime(start).TotalMinutes;
        Assert.InRange(await scene.Gateway.RequestCount("fal", "keys") - before, 0, 1 + minutes);
        Assert.Equal((200, ""), await Answer(held[0]));
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
    }

    /// <summary>Everything is as fal sends it, except for the key.</summary>
    private static Carried ByAStranger(Carried callback)
    {
        using var key = Key.Create(SignatureAlgorithm.Ed25519);
        string[] parts =
        [
            callback.Headers[RequestId], callback.Headers[UserId], callback.Headers[Timestamp],
            Convert.ToHexStringLower(SHA256.HashData(callback.Body)),
        ];
        var signature = SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(string.Join('\n', parts)));
        return callback.With(Signature, Convert.ToHexStringLower(signature));
    }

    private static string Later(Carried callback, int seconds) =>
        $"{long.Parse(callback.Headers[Timestamp], CultureInfo.InvariantCulture) + seconds}";

    private async Task<(int Status, string Text)> Answer(Carried callback)
    {
        var reply = await scene.Relay.Post(callback);
        return (reply.Status, reply.Text);
    }
}

public sealed class FalKeysOutageTests(PolledFalScene scene) : IClassFixture<PolledFalScene>
{
    [Fact]
    public async Task Keys_ThatAreNotToBeHad_LeaveTheJobToPolling()
    {
        await scene.Gateway.InjectFault(new { provider = "fal", operation = "keys", action = "status", status = 503 });

        var (account, id) = await scene.Begin("fal/flux-kontext");

        Assert.Equal(404, (await scene.Relay.CallbacksOf(id, 1))[0].Answer!.Status);
        Assert.Equal("succeeded", (await account.WaitUntilEnded(id)).Text("status"));
        await account.WaitUntilSettled();
        Assert.Equal("grant reserve capture", await account.StatementKinds());
        Assert.Contains(
            "The keys of FAL's callbacks could not be fetched (503)", scene.Gateway.Run.Logs.Text,
            StringComparison.Ordinal);
    }
}
