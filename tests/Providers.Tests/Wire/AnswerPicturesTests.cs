using System.Net;
using System.Text;
using TryOn.Core.Providers;
using TryOn.Providers.Gemini;
using TryOn.Providers.OpenAI;
using TryOn.Providers.Tests.Fakes;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Tests.Wire;

public sealed class AnswerPicturesTests
{
    private const int Base64Max = AnswerPictures.BytesMax / 3 * 4;

    [Theory]
    [InlineData(1, 4, true)]
    [InlineData(8, 4, true)]
    [InlineData(9, 4, false)]
    [InlineData(60, 4, false)]
    [InlineData(1, Base64Max, true)]
    [InlineData(1, Base64Max + 8, false)]
    [InlineData(2, (Base64Max / 2) + 8, false)]
    public void Fit_SoManyOfSoManyLetters_IsWithinTheLimits(int count, int letters, bool fits)
    {
        var picture = $$"""{"b64_json":"{{new string('A', letters)}}"}""";
        var body = $$"""{"data":[{{string.Join(',', Enumerable.Repeat(picture, count))}}]}""";
        Assert.Equal(fits, AnswerPictures.Fit(Encoding.UTF8.GetBytes(body), "b64_json"u8));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("[]")]
    [InlineData("""{"b64_json":null,"data":[{"b64_json":7}]""")]
    public void Fit_AnswerWithoutPictures_IsWithinTheLimits(string body) =>
        Assert.True(AnswerPictures.Fit(Encoding.UTF8.GetBytes(body), "b64_json"u8));

    [Fact]
    public void Answer_OfTooManyPictures_IsNotDecoded()
    {
        var large = new string('A', 1 << 20);
        var openai = Answered(
            "{\"data\":[" + Many($"{{\"b64_json\":\"{large}\"}}") + "],\"usage\":{\"total_tokens\":7}}");
        var gemini = Answered(
            "{\"candidates\":[{\"content\":{\"parts\":[" + Many($"{{\"inlineData\":{{\"data\":\"{large}\"}}}}")
            + "]}}],\"usageMetadata\":{\"totalTokenCount\":7}}");
        var before = GC.GetAllocatedBytesForCurrentThread();

        var replies = (ProviderReply[])[OpenAIReplies.FromAnswer(openai), GeminiReplies.FromAnswer(gemini)];

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        Assert.All(replies, reply => Assert.Equal(
            (FaultKind.NoPicture, 7m), (Assert.IsType<ProviderReply.Faulted>(reply).Fault.Kind, reply.Cost!.Amount)));
    }

    /// <summary>60 pictures of 45 MB, as a header promises them.</summary>
    [Theory]
    [InlineData("openai")]
    [InlineData("gemini")]
    public async Task Answer_LongerThanAnyPicture_IsRefusedUnread(string provider)
    {
        using var upstream = new Endless();
        using var http = new HttpMessageInvoker(upstream);
        ITryOnProvider sut = provider == "openai"
            ? new OpenAIProvider(new OpenAIOptions { ApiKey = "k" }, new FakeTimeProvider(), http)
            : new GeminiProvider(new GeminiOptions { ApiKey = "k" }, new FakeTimeProvider(), http);

        var reply = Assert.IsType<ProviderReply.Faulted>(await sut.Submit(Calls.One(), CancellationToken.None));

        Assert.Equal((FaultKind.NoPicture, $"{provider}:too_large"), (reply.Fault.Kind, reply.Fault.Code));
        Assert.False(upstream.Read);
    }

    private static string Many(string picture) => string.Join(',', Enumerable.Repeat(picture, 9));

    private static UpstreamAnswer.Answered Answered(string body) =>
        new(200, RetryAfter: null, Encoding.UTF8.GetBytes(body));

    private sealed class Endless : HttpMessageHandler
    {
        public bool Read { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var content = new Promised(() => Read = true);
            content.Headers.ContentLength = 60L * 45 * 1024 * 1024;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content });
        }
    }

    private sealed class Promised(Action onRead) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            onRead();
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
