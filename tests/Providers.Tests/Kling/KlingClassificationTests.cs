using System.Text;
using TryOn.Core.Providers;
using TryOn.Providers.Kling;

namespace TryOn.Providers.Tests.Kling;

public sealed class KlingClassificationTests
{
    private const int PublishedErrorCodes = 21;

    public static TheoryData<int, int, FaultKind, FaultKind> Table => KlingErrorTable.Rows;

    [Fact]
    public void Table_Rows_AreAllPublishedCodes() =>
        Assert.Equal(PublishedErrorCodes, Table.Select(row => row[1]).Distinct().Count());

    [Theory]
    [MemberData(nameof(Table))]
    public void Classify_PublishedCode_IsAsTheTableSays(int status, int code, FaultKind submit, FaultKind query)
    {
        var body = $$"""{"code":{{code}},"message":"secret words","request_id":"r"}""";

        Assert.Equal(new ProviderFault(submit, $"kling:{code}"), Classify(KlingOperation.Submit, status, body));
        Assert.Equal(new ProviderFault(query, $"kling:{code}"), Classify(KlingOperation.Poll, status, body));
        Assert.Equal(new ProviderFault(query, $"kling:{code}"), Classify(KlingOperation.Find, status, body));
    }

    [Theory]
    [MemberData(nameof(Table))]
    public void Classify_CodeUnderAnotherStatus_GoesByTheCode(int status, int code, FaultKind submit, FaultKind query)
    {
        var body = $$"""{"code":{{code}},"message":""}""";
        // The one exception: a task that counts as lost is paid for again, so 1203 must come with status 404.
        var expected = code == 1203 ? FaultKind.OutcomeUnknown : query;

        Assert.Equal(submit, Classify(KlingOperation.Submit, 200, body).Kind);
        Assert.Equal(expected, Classify(KlingOperation.Find, 200, body).Kind);
        Assert.NotEqual(200, status);
    }

    [Theory]
    [InlineData("external_task_id already exists")]
    [InlineData("externalTaskId must be unique")]
    [InlineData("The External Task ID is duplicated")]
    public void Classify_DuplicateExternalId_IsAnUnknownOutcome(string message)
    {
        var body = $$"""{"code":1201,"message":"{{message}}"}""";

        Assert.Equal(FaultKind.OutcomeUnknown, Classify(KlingOperation.Submit, 400, body).Kind);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>Bad gateway</html>")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"code":"1102"}""")]
    [InlineData("""{"code":1102""")]
    public void Classify_BodyThatIsNoEnvelope_IsUnknownAtAnyStatus(string body)
    {
        var unknown = new ProviderFault(FaultKind.OutcomeUnknown, "kling:not_json");
        foreach (var status in new[] { 200, 204, 302, 400, 404, 429, 500, 502, 504 })
        {
            foreach (var operation in new[] { KlingOperation.Submit, KlingOperation.Poll, KlingOperation.Find })
                Assert.Equal(unknown, Classify(operation, status, body));
        }
    }

    [Theory]
    [InlineData(200, "", FaultKind.OutcomeUnknown)]
    [InlineData(400, "human_image cannot be read", FaultKind.Caller)]
    [InlineData(400, "cloth_image cannot be read", FaultKind.Caller)]
    [InlineData(400, "something else", FaultKind.Operator)]
    [InlineData(401, "human_image", FaultKind.Operator)]
    [InlineData(404, "", FaultKind.Operator)]
    [InlineData(408, "", FaultKind.OutcomeUnknown)]
    [InlineData(429, "", FaultKind.Throttled)]
    [InlineData(500, "human_image", FaultKind.OutcomeUnknown)]
    public void Classify_UnknownCodeOfASubmit_GoesByTheStatus(int status, string message, FaultKind expected) =>
        Assert.Equal(
            new ProviderFault(expected, "kling:7777"),
            Classify(KlingOperation.Submit, status, $$"""{"code":7777,"message":"{{message}}"}"""));

    [Theory]
    [InlineData(200, FaultKind.OutcomeUnknown)]
    [InlineData(400, FaultKind.OutcomeUnknown)]
    [InlineData(401, FaultKind.Operator)]
    [InlineData(404, FaultKind.OutcomeUnknown)]
    [InlineData(429, FaultKind.Throttled)]
    [InlineData(502, FaultKind.Outage)]
    public void Classify_UnknownCodeOfAQuery_GoesByTheStatus(int status, FaultKind expected) =>
        Assert.Equal(expected, Classify(KlingOperation.Poll, status, """{"code":7777,"message":"human_image"}""").Kind);

    [Theory]
    [InlineData("Failure to pass the risk control system", FaultKind.Moderation)]
    [InlineData("Content security check", FaultKind.Moderation)]
    [InlineData("SENSITIVE picture of a person", FaultKind.Moderation)]
    [InlineData("against our policy", FaultKind.Moderation)]
    [InlineData("there is no human in the video", FaultKind.Caller)]
    [InlineData("Cloth cannot be recognised", FaultKind.Caller)]
    [InlineData("garment unusable", FaultKind.Caller)]
    [InlineData("several persons", FaultKind.Caller)]
    [InlineData("nothing detected", FaultKind.Caller)]
    [InlineData("no face", FaultKind.Caller)]
    [InlineData("worker crashed", FaultKind.TaskFailed)]
    [InlineData("", FaultKind.TaskFailed)]
    [InlineData(null, FaultKind.TaskFailed)]
    public void ClassifyTask_Reason_IsGuessedFromItsWords(string? reason, FaultKind expected) =>
        Assert.Equal(new ProviderFault(expected, "kling:failed"), KlingClassification.ClassifyTask(reason));

    [Fact]
    public void Classify_RetryAfterHeader_IsPassedOn() =>
        Assert.Equal(
            TimeSpan.FromSeconds(7),
            KlingClassification.Classify(
                KlingOperation.Submit, 429, TimeSpan.FromSeconds(7), """{"code":1303}"""u8).RetryAfter);

    private static ProviderFault Classify(KlingOperation operation, int status, string body) =>
        KlingClassification.Classify(operation, status, retryAfter: null, Encoding.UTF8.GetBytes(body));
}
