using System.Text.Json.Nodes;
using TryOn.Core.Egress;
using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Gemini;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Gemini;

public sealed class GeminiProviderTests : IDisposable
{
    private const string Line = "POST https://gemini.test/v1beta/models/gemini-2.5-flash-image:generateContent";
    private const string Blocked = """
        "promptFeedback":{"blockReason":"SAFETY"},
        """;

    private static readonly byte[] Draft = Calls.Png(width: 10, height: 10);
    private static readonly byte[] Result = Calls.Png(width: 20, height: 20);

    private readonly ScriptedHandler _upstream = new();

    public void Dispose() => _upstream.Dispose();

    [Fact]
    public async Task Submit_Request_IsExactlyWhatTheReferenceSays()
    {
        var call = Calls.One(prompt: "Make it so.") with
        {
            Garments = [Calls.Picture([1, 2, 3], ImageFormat.Jpeg), Calls.Picture([4, 5, 6], ImageFormat.WebP)],
        };

        await Submit(Answer(Inline(Result)), call);

        var sent = Assert.Single(_upstream.Sent);
        Assert.Equal(["Content-Type", "x-goog-api-key"], sent.Headers.Keys.Order());
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
        Assert.Equal("the-key", sent.Headers["x-goog-api-key"]);
        var expected = $$$"""
            {"contents":[{"role":"user","parts":[
               {"text":"Make it so."},
               {"inlineData":{"mimeType":"image/png","data":"{{{Convert.ToBase64String(Calls.Person)}}}"}},
               {"inlineData":{"mimeType":"image/jpeg","data":"AQID"}},
               {"inlineData":{"mimeType":"image/webp","data":"BAUG"}}]}],
             "generationConfig":{"responseModalities":["IMAGE"]}}
            """;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(sent.Text)), sent.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public async Task Submit_WithoutPrompt_SendsTheDefaultOne(string? prompt)
    {
        await Submit(Answer(Inline(Result)), Calls.One(prompt: prompt));

        var text = JsonNode.Parse(_upstream.Sent[0].Text)!["contents"]![0]!["parts"]![0]!["text"]!.GetValue<string>();
        Assert.Equal(new GeminiOptions().DefaultPrompt, text);
    }

    [Fact]
    public async Task Submit_SeveralPictures_DeliversTheLastThatIsNoThought() =>
        Assert.Equal(Result, await Delivered(Answer(
            """{"text":"Here."}""", Inline(Draft), Inline(Result), Inline(Draft, ""","thought":true"""), "null")));

    [Fact]
    public async Task Submit_SnakeCasePicture_IsDelivered() =>
        Assert.Equal(Result, await Delivered(Answer(Inline(Result).Replace("inlineData", "inline_data"))));

    [Fact]
    public async Task Submit_NoFinishReason_IsDelivered() =>
        Assert.Equal(Result, await Delivered(Answer(Inline(Result)).Replace("\"STOP\"", "null")));

    [Theory]
    [InlineData("IMAGE_SAFETY", FaultKind.Moderation)]
    [InlineData("MAX_TOKENS", FaultKind.NoPicture)]
    [InlineData("BRAND_NEW", FaultKind.NoPicture)]
    public async Task Submit_PictureAfterAnIrregularStop_IsNotAResult(string reason, FaultKind expected) =>
        Assert.Equal(
            new ProviderFault(expected, $"gemini:{reason}"),
            (await Submit(Answer(Inline(Result)).Replace("STOP", reason))).Fault());

    [Fact]
    public async Task Submit_PromptBlockedDespiteAPicture_IsModeration() =>
        Assert.Equal(
            new ProviderFault(FaultKind.Moderation, "gemini:SAFETY"),
            (await Submit(Answer(Inline(Result)).Insert(1, Blocked))).Fault());

    [Fact]
    public async Task Submit_TextOnly_IsNoPicture() =>
        Assert.Equal(FaultKind.NoPicture, (await Submit(Answer("""{"text":"I cannot."}"""))).Fault().Kind);

    [Fact]
    public async Task Submit_ThoughtsOnly_IsNoPicture() =>
        Assert.Equal(
            FaultKind.NoPicture, (await Submit(Answer(Inline(Draft, ""","thought":true""")))).Fault().Kind);

    [Fact]
    public async Task Submit_BytesThatAreNoPicture_IsNoPicture() =>
        Assert.Equal(FaultKind.NoPicture, (await Submit(Answer(Inline([1, 2, 3, 4])))).Fault().Kind);

    [Fact]
    public async Task Submit_BrokenBase64_IsAnUnknownOutcome() =>
        Assert.Equal(
            FaultKind.OutcomeUnknown,
            (await Submit(Answer("""{"inlineData":{"mimeType":"image/png","data":"%%%"}}"""))).Fault().Kind);

    [Theory]
    [InlineData(HttpRequestError.ConnectionError, FaultKind.Outage, "gemini:unreachable")]
    [InlineData(HttpRequestError.ResponseEnded, FaultKind.OutcomeUnknown, "gemini:broken")]
    public async Task Submit_WithoutAnAnswer_GoesByWhetherItWasSent(HttpRequestError error, FaultKind kind, string code)
    {
        _upstream.On(Line, _ => throw new HttpRequestException(error));

        var reply = await CreateSut().Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderFault(kind, code), reply.Fault());
    }

    [Fact]
    public async Task Submit_UpstreamsMessage_IsNotInTheReply()
    {
        _upstream.On(Line, 400, """{"error":{"code":400,"message":"canary","status":"INVALID_ARGUMENT"}}""");

        var reply = await CreateSut().Submit(Calls.One(), CancellationToken.None);

        Assert.DoesNotContain("canary", reply.ToString());
    }

    [Fact]
    public async Task PollAndFind_Always_CannotTell()
    {
        Assert.IsType<ProviderReply.CannotTell>(await CreateSut().Poll("1", CancellationToken.None));
        Assert.IsType<ProviderReply.CannotTell>(await CreateSut().Find("1", "any/model", CancellationToken.None));
    }

    [Fact]
    public async Task Submit_WithoutAKey_IsRefusedUnsent()
    {
        var sut = new GeminiProvider(new GeminiOptions(), new FakeTimeProvider(), new HttpMessageInvoker(_upstream));

        Assert.Equal(FaultKind.Operator, (await sut.Submit(Calls.One(), CancellationToken.None)).Fault().Kind);
    }

    [Fact]
    public void Downloads_Always_AreEmpty() => Assert.Equal(EgressAllowList.Empty, CreateSut().Downloads);

    [Fact]
    public void Validate_Options_NameTheKey()
    {
        var validator = new GeminiOptionsValidator();
        var complaints = validator.Validate(name: null, new GeminiOptions
        {
            BaseUrl = "gemini",
            ApiKey = "canary ",
            ModelId = "",
            DefaultPrompt = "",
            Timeout = TimeSpan.Zero,
            ConcurrencyMax = 0,
        }).Failures!.ToList();

        Assert.True(validator.Validate(name: null, new GeminiOptions()).Succeeded);
        Assert.Equal(
            ["ApiKey", "BaseUrl", "ConcurrencyMax", "DefaultPrompt", "ModelId", "Timeout"],
            complaints.Select(complaint => complaint.Split(' ')[0].Split(':')[3]).Order());
        Assert.DoesNotContain(complaints, complaint => complaint.Contains("canary"));
    }

    [Fact]
    public async Task Submit_AnswerWithUsage_TellsItsCost()
    {
        var reply = await Submit(Answer(Inline(Result)).Replace(
            "\"totalTokenCount\":0", "\"totalTokenCount\":1290", StringComparison.Ordinal));
        Assert.Equal(new ProviderCost(1290, "gemini_tokens"), reply.Cost);
    }

    [Theory]
    [InlineData("\"usageMetadata\":null")]
    [InlineData("\"usageMetadata\":[1]")]
    [InlineData("\"usageMetadata\":{\"totalTokenCount\":\"many\"}")]
    [InlineData("\"usageMetadata\":{\"totalTokenCount\":1e99}")]
    public async Task Submit_AnswerWithSenselessUsage_IsDeliveredAllTheSame(string usage)
    {
        var reply = await Submit(Answer(Inline(Result)).Replace(
            "\"usageMetadata\":{\"totalTokenCount\":0}", usage, StringComparison.Ordinal));
        Assert.Null(Assert.IsType<ProviderReply.Delivered>(reply).Cost);
    }

    private static string Inline(byte[] picture, string rest = "") =>
        $$$"""{"inlineData":{"mimeType":"image/png","data":"{{{Convert.ToBase64String(picture)}}}"}{{{rest}}}}""";

    private static string Answer(params string[] parts) =>
        $$$"""
        {"candidates":[{"index":0,"content":{"role":"model",
         "parts":[{{{string.Join(',', parts)}}}]},"finishReason":"STOP"}],
         "usageMetadata":{"totalTokenCount":0}}
        """;

    private async Task<byte[]> Delivered(string answer) =>
        Assert.Single(Assert.IsType<ProviderReply.Delivered>(await Submit(answer)).Pictures);

    private Task<ProviderReply> Submit(string answer, ProviderCall? call = null)
    {
        _upstream.On(Line, 200, answer);
        return CreateSut().Submit(call ?? Calls.One(), CancellationToken.None);
    }

    private GeminiProvider CreateSut() =>
        new(new GeminiOptions { BaseUrl = "https://gemini.test", ApiKey = "the-key" },
            new FakeTimeProvider(), new HttpMessageInvoker(_upstream));
}
