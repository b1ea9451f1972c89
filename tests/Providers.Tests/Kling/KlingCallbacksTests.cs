using System.Text;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Kling;

namespace TryOn.Providers.Tests.Kling;

public sealed class KlingCallbacksTests
{
    [Theory]
    [InlineData("""{"task_id":"1","task_status":"submitted"}""", false)]
    [InlineData("""{"task_id":"1","task_status":"processing"}""", false)]
    [InlineData("""{"task_id":"1","task_status":"succeed"}""", true)]
    [InlineData("""{"task_id":"1","task_status":"failed"}""", true)]
    [InlineData("""{"task_id":"1","task_status":"a new word"}""", true)]
    [InlineData("""{"code":0,"data":[]}""", true)]
    [InlineData("not json", true)]
    [InlineData("", true)]
    public void News_OfABody_IsAnythingButARunningTask(string body, bool news) =>
        Assert.Equal(news, Sut(secret: null).MayHaveEnded(Message(body)));

    [Theory]
    [InlineData(null, true)]
    [InlineData("whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=", false)]
    public async Task Genuine_UnsignedCallback_IsAcceptedWithoutASecret(string? secret, bool genuine) =>
        Assert.Equal(genuine, await Sut(secret).IsAuthentic(Message("{}"), CancellationToken.None));

    [Theory]
    [InlineData("whsec_dGVzdA==", true)]
    [InlineData("dGVzdA==", true)]
    [InlineData("whsec_", false)]
    [InlineData("whsec_not base64", false)]
    public void Secret_WithoutAReadableKey_IsRefused(string secret, bool valid)
    {
        var result = new KlingOptionsValidator().Validate(null, new KlingOptions { WebhookSecret = secret });

        Assert.Equal(valid, result.Succeeded);
        Assert.Equal(
            valid, result.FailureMessage?.StartsWith(
                "TryOn:Providers:Kling:WebhookSecret (value not shown)", StringComparison.Ordinal) is null);
    }

    private static CallbackMessage Message(string body) => new(_ => null, Encoding.UTF8.GetBytes(body));

    private static KlingCallbacks Sut(string? secret) =>
        new(new KlingOptions { WebhookSecret = secret }, new FakeTimeProvider());
}
