using System.Text;
using TryOn.Core.Providers;
using TryOn.Providers.Gemini;

namespace TryOn.Providers.Tests.Gemini;

public sealed class GeminiClassificationTests
{
    public static TheoryData<string, FaultKind> BlockReasons => GeminiErrorTable.BlockReasons;

    public static TheoryData<string, FaultKind> FinishReasons => GeminiErrorTable.FinishReasons;

    public static TheoryData<int, string, string, FaultKind> Errors => GeminiErrorTable.Errors;

    [Fact]
    public void Tables_Rows_AreAllPublishedSignals()
    {
        Assert.Equal(7, BlockReasons.Select(row => row[0]).Distinct().Count());
        Assert.Equal(15, FinishReasons.Select(row => row[0]).Distinct().Count());
        Assert.Equal(10, Errors.Select(row => (row[0], row[1])).Distinct().Count());
        Assert.Equal(16, Errors.Count);
    }

    [Theory]
    [MemberData(nameof(BlockReasons))]
    public void Classify_BlockReason_IsAsTheTableSays(string reason, FaultKind expected) =>
        Assert.Equal(
            new ProviderFault(expected, $"gemini:{reason}"),
            Classify(200, $$$"""{"promptFeedback":{"blockReason":"{{{reason}}}"}}"""));

    [Theory]
    [MemberData(nameof(FinishReasons))]
    public void Classify_FinishReason_IsAsTheTableSays(string reason, FaultKind expected) =>
        Assert.Equal(
            new ProviderFault(expected, $"gemini:{reason}"),
            Classify(200, $$"""{"candidates":[{"finishReason":"{{reason}}","finishMessage":"secret words"}]}"""));

    [Theory]
    [MemberData(nameof(Errors))]
    public void Classify_Error_IsAsTheTableSays(int status, string name, string rest, FaultKind expected) =>
        Assert.Equal(
            new ProviderFault(expected, $"gemini:{status}:{name}"),
            Classify(status, $$$"""{"error":{"code":{{{status}}},"status":"{{{name}}}"{{{rest}}}}}"""));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"candidates":[]}""")]
    [InlineData("""{"candidates":[null]}""")]
    [InlineData("""{"candidates":null,"promptFeedback":{"blockReason":"BLOCK_REASON_UNSPECIFIED"}}""")]
    public void Classify_NoCandidates_IsWorthOneMoreTry(string body) =>
        Assert.Equal(new ProviderFault(FaultKind.NoPicture, "gemini:no_candidates"), Classify(200, body));

    [Theory]
    [InlineData("")]
    [InlineData("<html>OK</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"candidates":[{"finish""")]
    public void Classify_SuccessThatCannotBeRead_IsAnUnknownOutcome(string body) =>
        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, "gemini:not_json"), Classify(200, body));

    [Theory]
    [InlineData(302, FaultKind.Operator)]
    [InlineData(400, FaultKind.Operator)]
    [InlineData(404, FaultKind.Operator)]
    [InlineData(408, FaultKind.OutcomeUnknown)]
    [InlineData(413, FaultKind.Operator)]
    [InlineData(429, FaultKind.Throttled)]
    [InlineData(499, FaultKind.OutcomeUnknown)]
    [InlineData(500, FaultKind.OutcomeUnknown)]
    [InlineData(502, FaultKind.OutcomeUnknown)]
    public void Classify_ErrorWithoutGooglesBody_GoesByTheStatus(int status, FaultKind expected)
    {
        foreach (var body in new[] { "", "<html>Error</html>", "{}" })
            Assert.Equal(new ProviderFault(expected, $"gemini:{status}"), Classify(status, body));
    }

    [Fact]
    public void Classify_ErrorBodyUnderStatus200_GoesByTheBody() =>
        Assert.Equal(
            FaultKind.Throttled,
            Classify(200, """{"error":{"code":429,"status":"RESOURCE_EXHAUSTED"}}""").Kind);

    [Fact]
    public void Classify_UnknownWords_AreNotLetOut()
    {
        Assert.Equal("gemini:418:unknown", Classify(418, """{"error":{"code":418,"status":"call +1 555"}}""").Code);
        Assert.Equal(
            new ProviderFault(FaultKind.NoPicture, "gemini:unknown"),
            Classify(200, """{"candidates":[{"finishReason":"https://leak.test/?a"}]}"""));
    }

    [Theory]
    [InlineData("34s", 34)]
    [InlineData("1.5s", 1.5)]
    [InlineData("0s", 0)]
    [InlineData("999999999999s", 3600)]
    public void Classify_RetryDelay_IsRead(string delay, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Throttled(delay).RetryAfter);

    [Theory]
    [InlineData("s")]
    [InlineData("34")]
    [InlineData("-3s")]
    [InlineData("1e9s")]
    [InlineData("soon")]
    public void Classify_RetryDelayNotReadable_IsNone(string delay) => Assert.Null(Throttled(delay).RetryAfter);

    private static ProviderFault Throttled(string delay) =>
        Classify(
            429,
            $$$"""
            {"error":{"code":429,"status":"RESOURCE_EXHAUSTED","details":[{"reason":"x"},{"retryDelay":"{{{delay}}}"}]}}
            """);

    private static ProviderFault Classify(int status, string body) =>
        GeminiClassification.Classify(status, retryAfter: null, Encoding.UTF8.GetBytes(body));
}
