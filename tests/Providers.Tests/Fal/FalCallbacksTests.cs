using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Fal;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Fal;

/// <summary>
/// A callback as fal documents it, signed by another library (Python's cryptography) with the first key of RFC 8032.
/// </summary>
public sealed class FalCallbacksTests
{
    private const string Keys =
        """{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}""";
    private const string RequestId = "024ca5b1-45d3-4afd-883e-ad3abe2a1c4d";
    private const string UserId = "github|1234567";

    /// <summary>The time of the signature, at which the clock starts.</summary>
    private const string At = "1795262400";

    private const string Body =
        """{"request_id":"024ca5b1-45d3-4afd-883e-ad3abe2a1c4d","status":"OK","payload":{"images":[]}}""";

    private const string Signature =
        "380b3d16a7b52aad07b647a77dec8caa3134d2f540f6d2facd9db3fe332f325887079ca96c620b0275ca25c4452aeee2cc081ebb9b320f1b1d9f0f101af2fe04";

    private const string Zeros =
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000";

    private readonly FakeTimeProvider _time = new(DateTimeOffset.FromUnixTimeSeconds(long.Parse(At)));
    private readonly ScriptedHandler _upstream = new ScriptedHandler().On("GET https://keys.test/jwks.json", 200, Keys);

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public async Task Genuine_CallbackSignedByFal_IsAccepted(int secondsLate) =>
        Assert.True(await Genuine(Message(), secondsLate));

    [Fact]
    public async Task Genuine_HexInCapitals_IsTheSame() =>
        Assert.True(await Genuine(Message(signature: Signature.ToUpperInvariant())));

    /// <summary>Messages that are replayed, dated otherwise, signed by another key or tampered with.</summary>
    [Theory]
    [InlineData(RequestId, UserId, At, Signature, Body, 301)]
    [InlineData(RequestId, UserId, At, Signature, Body, -301)]
    [InlineData(RequestId, UserId, "1795262401", Signature, Body, 0)]
    [InlineData(RequestId, "github|1234568", At, Signature, Body, 0)]
    [InlineData("024ca5b1-45d3-4afd-883e-ad3abe2a1c4e", UserId, At, Signature, Body, 0)]
    [InlineData(RequestId, UserId, At, Signature, Body + " ", 0)]
    [InlineData(RequestId, UserId, At, Signature, "", 0)]
    public async Task Genuine_SignedForSomethingElse_IsRefused(
        string requestId, string userId, string at, string signature, string body, int secondsLate) =>
        Assert.False(await Genuine(Message(requestId, userId, at, signature, body), secondsLate));

    /// <summary>Messages without a usable signature, for which the keys are not even fetched.</summary>
    [Theory]
    [InlineData(null, UserId, At, Signature)]
    [InlineData(RequestId, null, At, Signature)]
    [InlineData(RequestId, UserId, null, Signature)]
    [InlineData(RequestId, UserId, At, null)]
    [InlineData(RequestId, UserId, "soon", Signature)]
    [InlineData(RequestId, UserId, "-1795262400", Signature)]
    [InlineData(RequestId, UserId, "1795262400000", Signature)]
    [InlineData(RequestId, UserId, "999999999999", Signature)]
    [InlineData(RequestId, UserId, "1795262099", Signature)]
    [InlineData(RequestId, UserId, At, "")]
    [InlineData(RequestId, UserId, At, "380b")]
    [InlineData(RequestId, UserId, At, Signature + "00")]
    [InlineData(RequestId, UserId, At, "zz" + Zeros)]
    public async Task Genuine_WithoutAUsableSignature_FetchesNoKeys(
        string? requestId, string? userId, string? at, string? signature)
    {
        Assert.False(await Genuine(Message(requestId, userId, at, signature)));
        Assert.Empty(_upstream.Sent);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5081/.well-known/jwks.json", true)]
    [InlineData("", false)]
    [InlineData("rest.fal.ai/jwks.json", false)]
    [InlineData("https://user:canary@rest.fal.ai/jwks.json", false)]
    public void KeysUrl_NotUsable_IsRefused(string address, bool valid)
    {
        var result = new FalOptionsValidator().Validate(null, new FalOptions { WebhookKeysUrl = address });

        Assert.Equal(valid, result.Succeeded);
        Assert.Equal(
            valid, result.FailureMessage?.StartsWith(
                "TryOn:Providers:Fal:WebhookKeysUrl ", StringComparison.Ordinal) is null);
        Assert.DoesNotContain("canary", result.FailureMessage ?? "", StringComparison.Ordinal);
    }

    private async Task<bool> Genuine(CallbackMessage message, int secondsLate = 0)
    {
        _time.AdjustTime(_time.GetUtcNow().AddSeconds(secondsLate));
        using var http = new HttpMessageInvoker(_upstream);
        var keys = new FalKeys(
            new FalOptions { WebhookKeysUrl = "https://keys.test/jwks.json" }, _time, http,
            NullLogger<FalKeys>.Instance);
        return await new FalCallbacks(keys, _time).IsAuthentic(message, CancellationToken.None);
    }

    private static CallbackMessage Message(
        string? requestId = RequestId, string? userId = UserId, string? at = At, string? signature = Signature,
        string body = Body)
    {
        var headers = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["X-Fal-Webhook-Request-Id"] = requestId,
            ["X-Fal-Webhook-User-Id"] = userId,
            ["X-Fal-Webhook-Timestamp"] = at,
            ["X-Fal-Webhook-Signature"] = signature,
        };
        return new CallbackMessage(name => headers[name], Encoding.UTF8.GetBytes(body));
    }
}
