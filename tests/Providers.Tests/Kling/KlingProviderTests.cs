using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Kling;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Kling;

public sealed class KlingProviderTests : IDisposable
{
    private const string Tasks = "https://kling.test/v1/images/kolors-virtual-try-on";
    private const string Submitted = """
        {"code":0,"message":"SUCCEED","request_id":"r","data":{"task_id":"8153","task_status":"submitted",
         "task_info":{"external_task_id":"att-1"},"created_at":1722769557708,"updated_at":1722769557708}}
        """;

    private const string NoSuchTask = """{"code":1203,"message":"no such task"}""";

    private const string Pictures = ""","task_result":{"images":[{"url":"https://a/1"}]}""";

    private static readonly ProviderCost OneUnit = new(1, "kling_units");

    private readonly ScriptedHandler _upstream = new();

    public void Dispose() => _upstream.Dispose();

    [Fact]
    public async Task Submit_Accepted_WaitsUntilTheFirstPoll()
    {
        _upstream.On($"POST {Tasks}", 200, Submitted);

        var reply = await CreateSut().Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderReply.Waiting("8153", TimeSpan.FromSeconds(20)), reply);
    }

    [Fact]
    public async Task Submit_Request_IsExactlyWhatTheReferenceSays()
    {
        _upstream.On($"POST {Tasks}", 200, Submitted);

        await CreateSut().Submit(Calls.One(prompt: "unheard of"), CancellationToken.None);

        var sent = Assert.Single(_upstream.Sent);
        Assert.Equal("Bearer the-key", sent.Authorization);
        Assert.Equal(["Authorization", "Content-Type"], sent.Headers.Keys.Order());
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
        var fields = JsonSerializer.Deserialize<Dictionary<string, string>>(sent.Text)!;
        Assert.Equal(["cloth_image", "external_task_id", "human_image", "model_name"], fields.Keys.Order());
        Assert.Equal("kolors-virtual-try-on-v1-5", fields["model_name"]);
        Assert.Equal(Convert.ToBase64String(Calls.Person), fields["human_image"]);
        Assert.Equal(Convert.ToBase64String(Calls.Garment), fields["cloth_image"]);
        Assert.Equal("att-1", fields["external_task_id"]);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    [InlineData(1, 0)]
    public async Task Submit_OtherThanOneOfEach_IsRefusedUnsent(int persons, int garments)
    {
        var call = Calls.One() with { Persons = Calls.Many(persons), Garments = Calls.Many(garments) };

        var reply = await CreateSut().Submit(call, CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.Caller, "kling:pictures"), reply.Fault());
        Assert.Empty(_upstream.Sent);
    }

    [Theory]
    [InlineData("""{"code":0}""")]
    [InlineData("""{"code":0,"data":null}""")]
    [InlineData("""{"code":0,"data":[]}""")]
    [InlineData("""{"code":0,"data":{"task_status":"submitted"}}""")]
    [InlineData("""{"code":0,"data":{"task_id":""}}""")]
    [InlineData("""{"code":0,"data":{"task_id":8153}}""")]
    [InlineData("""{"code":0,"data":{"task_id":"1","task_info":{"external_task_id":"att-2"}}}""")]
    [InlineData("<html>200</html>")]
    public async Task Submit_AnswerWithoutOurTask_IsAnUnknownOutcome(string body)
    {
        _upstream.On($"POST {Tasks}", 200, body);

        var reply = await CreateSut().Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(FaultKind.OutcomeUnknown, reply.Fault().Kind);
    }

    [Fact]
    public async Task Submit_SuccessCodeUnderAnErrorStatus_IsUnknown()
    {
        _upstream.On($"POST {Tasks}", 500, Submitted);

        var reply = await CreateSut().Submit(Calls.One(), CancellationToken.None);

        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, "kling:0"), reply.Fault());
    }

    [Theory]
    [InlineData(HttpRequestError.NameResolutionError, FaultKind.Outage, "kling:unreachable")]
    [InlineData(HttpRequestError.ConnectionError, FaultKind.Outage, "kling:unreachable")]
    [InlineData(HttpRequestError.SecureConnectionError, FaultKind.Outage, "kling:unreachable")]
    [InlineData(HttpRequestError.ResponseEnded, FaultKind.OutcomeUnknown, "kling:broken")]
    [InlineData(HttpRequestError.Unknown, FaultKind.OutcomeUnknown, "kling:broken")]
    public async Task Call_WithoutAnAnswer_GoesByWhetherItWasSent(HttpRequestError error, FaultKind kind, string code)
    {
        _upstream.On($"POST {Tasks}", _ => throw new HttpRequestException(error))
            .On($"GET {Tasks}/att-1", _ => throw new HttpRequestException(error));

        var submitted = await CreateSut().Submit(Calls.One(), CancellationToken.None);
        var found = await CreateSut().Find("att-1", "any/model", CancellationToken.None);

        Assert.Equal(new ProviderFault(kind, code), submitted.Fault());
        Assert.Equal(new ProviderFault(kind, code), found.Fault());
    }

    [Theory]
    [InlineData("submitted")]
    [InlineData("processing")]
    public async Task Poll_TaskAtWork_WaitsForTheNextPoll(string status) =>
        Assert.Equal(new ProviderReply.Waiting("8153", TimeSpan.FromSeconds(3)), await Poll(Task(status)));

    [Theory]
    [InlineData("succeed")]
    [InlineData("succeeded")]
    public async Task Poll_TaskDone_GivesEveryAddress(string status)
    {
        var reply = await Poll(Task(
            status, ""","task_result":{"images":[{"index":0,"url":"https://a/1"},{"index":1,"url":"https://a/2"}]}"""));

        Assert.Equal("https://a/1 https://a/2", string.Join(' ', Assert.IsType<ProviderReply.Ready>(reply).Addresses));
    }

    [Theory]
    [InlineData("")]
    [InlineData(""","task_result":null""")]
    [InlineData(""","task_result":{"images":[]}""")]
    [InlineData(""","task_result":{"images":[null,{"url":null},{"url":""}]}""")]
    public async Task Poll_TaskDoneWithoutAddress_EndsWithoutPicture(string rest) =>
        Assert.Equal(
            ProviderReply.EndOf(FaultKind.NoPicture, "kling:no_address") with { Cost = OneUnit },
            await Poll(Task("succeed", rest)));

    [Fact]
    public async Task Poll_TaskFailed_EndsWithItsReasonClassed() =>
        Assert.Equal(
            ProviderReply.EndOf(FaultKind.Moderation, "kling:failed") with { Cost = OneUnit },
            await Poll(Task("failed", ""","task_status_msg":"risk control" """)));

    [Theory]
    [InlineData("""{"code":0,"data":{"task_id":"8153","task_status":"cancelled"}}""", "kling:unknown_status")]
    [InlineData("""{"code":0,"data":{"task_id":"8153"}}""", "kling:unknown_status")]
    [InlineData("""{"code":0,"data":{"task_id":"999","task_status":"succeed"}}""", "kling:other_task")]
    public async Task Poll_AnswerThatSaysNothing_IsAFaultNotAnEnd(string body, string code) =>
        Assert.Equal(new ProviderFault(FaultKind.OutcomeUnknown, code), (await Poll(body)).Fault());

    [Fact]
    public async Task Poll_TaskForgottenUpstream_IsLost() =>
        Assert.Equal(FaultKind.TaskLost, (await Poll("""{"code":1203,"message":"not found"}""", 404)).Fault().Kind);

    [Fact]
    public async Task Poll_IdWithUnsafeLetters_StaysOnePathSegment()
    {
        _upstream.On(
            $"GET {Tasks}/a%2Fb%3Fc", 200, """{"code":0,"data":{"task_id":"a/b?c","task_status":"processing"}}""");

        var reply = await CreateSut().Poll("a/b?c", CancellationToken.None);

        Assert.IsType<ProviderReply.Waiting>(reply);
    }

    [Fact]
    public async Task Find_TaskThere_IsAdoptedUnderItsUpstreamId() =>
        Assert.Equal(new ProviderReply.Waiting("8153", TimeSpan.FromSeconds(3)), await Find(Task("processing")));

    [Fact]
    public async Task Find_TaskAlreadyDone_IsReady() =>
        Assert.IsType<ProviderReply.Ready>(
            await Find(Task("succeed", ""","task_result":{"images":[{"url":"https://a"}]}""")));

    [Fact]
    public async Task Find_TaskAlreadyFailed_HasEnded() =>
        Assert.IsType<ProviderReply.Ended>(await Find(Task("failed")));

    [Fact]
    public async Task Find_NeitherQueryNorListKnows_IsAbsent()
    {
        _upstream.On($"GET {Tasks}?pageNum=1&pageSize=500", 200, """{"code":0,"data":[{"task_id":"1"},null]}""");

        Assert.IsType<ProviderReply.Absent>(await Find(NoSuchTask, 404));
    }

    [Fact]
    public async Task Find_OnlyTheListKnows_IsAdopted()
    {
        var listed =
            """{"code":0,"data":[{"task_id":"8153","task_status":"processing","task_info":{"external_task_id":"att-1"}}]}""";
        _upstream.On($"GET {Tasks}?pageNum=1&pageSize=500", 200, listed);

        Assert.Equal(new ProviderReply.Waiting("8153", TimeSpan.FromSeconds(3)), await Find(NoSuchTask, 404));
    }

    [Fact]
    public async Task Find_FullPageWithoutIt_AsksForTheNext()
    {
        var full = string.Join(',', Enumerable.Repeat("""{"task_id":"1"}""", 500));
        _upstream.On($"GET {Tasks}?pageNum=1&pageSize=500", 200, $$"""{"code":0,"data":[{{full}}]}""")
            .On($"GET {Tasks}?pageNum=2&pageSize=500", 200, """{"code":0,"data":[]}""");

        Assert.IsType<ProviderReply.Absent>(await Find(NoSuchTask, 404));
        Assert.Equal(3, _upstream.Sent.Count);
    }

    [Theory]
    [InlineData(500, """{"code":5000,"message":"x"}""", FaultKind.Outage)]
    [InlineData(200, """{"code":0,"data":{"task_id":"1","task_info":{"external_task_id":"att-1"}}}""",
        FaultKind.OutcomeUnknown)]
    [InlineData(200, "<html>", FaultKind.OutcomeUnknown)]
    public async Task Find_ListThatCannotBeRead_IsNotTakenForAbsent(int status, string body, FaultKind kind)
    {
        _upstream.On($"GET {Tasks}?pageNum=1&pageSize=500", status, body);

        Assert.Equal(kind, (await Find(NoSuchTask, 404)).Fault().Kind);
    }

    [Theory]
    [InlineData(200, """{"code":1203,"message":"no such task"}""")]
    [InlineData(404, """{"code":7777,"message":"no such task"}""")]
    [InlineData(404, "<html>404</html>")]
    [InlineData(400, """{"code":1201,"message":"task_id does not exist"}""")]
    [InlineData(200, """{"code":0,"data":[]}""")]
    [InlineData(
        200, """{"code":0,"data":{"task_id":"1","task_info":{"external_task_id":"b"},"task_status":"failed"}}""")]
    public async Task Find_AnythingLessClear_IsNotTakenForAbsent(int status, string body) =>
        Assert.Equal(FaultKind.OutcomeUnknown, (await Find(body, status)).Fault().Kind);

    [Fact]
    public async Task Submit_WithoutAnyKey_IsRefusedUnsent()
    {
        var sut = CreateSut(new KlingOptions { AccessKey = "half" });

        Assert.Equal(FaultKind.Operator, (await sut.Submit(Calls.One(), CancellationToken.None)).Fault().Kind);
        Assert.Equal(FaultKind.Operator, (await sut.Poll("1", CancellationToken.None)).Fault().Kind);
        Assert.Equal(FaultKind.Operator, (await sut.Find("1", "any/model", CancellationToken.None)).Fault().Kind);
    }

    [Fact]
    public void Downloads_OwnOrigin_IsAllowedAndNothingElse()
    {
        var downloads = CreateSut().Downloads;

        Assert.True(downloads.Allows("kling.test", 443));
        Assert.False(downloads.Allows("kling.test", 80));
        Assert.False(downloads.Allows("elsewhere.test", 443));
    }

    [Fact]
    public async Task Poll_TaskDone_TellsItsCost()
    {
        var done = await Poll(Task("succeed", Pictures));
        Assert.Equal(OneUnit, Assert.IsType<ProviderReply.Ready>(done).Cost);
    }

    [Fact]
    public async Task Poll_TaskFailed_TellsWhatItCostAllTheSame()
    {
        var failed = await Poll(Task("failed"));
        Assert.Equal(OneUnit, Assert.IsType<ProviderReply.Ended>(failed).Cost);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData("\"\"", null)]
    [InlineData("\"-1\"", null)]
    [InlineData("{\"a\":1}", null)]
    public async Task Poll_CostOfAnotherForm_LosesNoPicture(string units, double? cost)
    {
        var body = Task("succeed", Pictures)
            .Replace("\"final_unit_deduction\":\"1\"", $"\"final_unit_deduction\":{units}", StringComparison.Ordinal);
        Assert.Equal((decimal?)cost, Assert.IsType<ProviderReply.Ready>(await Poll(body)).Cost?.Amount);
    }

    private static string Task(string status, string rest = "") =>
        $$$"""
        {"code":0,"message":"","data":{"task_id":"8153","task_status":"{{{status}}}",
         "task_info":{"external_task_id":"att-1"},"final_unit_deduction":"1","created_at":0,"updated_at":0{{{rest}}}}}
        """;

    private async Task<ProviderReply> Poll(string body, int status = 200)
    {
        _upstream.On($"GET {Tasks}/8153", status, body);
        return await CreateSut().Poll("8153", CancellationToken.None);
    }

    private async Task<ProviderReply> Find(string body, int status = 200)
    {
        _upstream.On($"GET {Tasks}/att-1", status, body);
        return await CreateSut().Find("att-1", "any/model", CancellationToken.None);
    }

    private KlingProvider CreateSut(KlingOptions? options = null)
    {
        options ??= new KlingOptions { ApiKey = "the-key" };
        options.BaseUrl = "https://kling.test/";
        return new KlingProvider(options, new FakeTimeProvider(), new HttpMessageInvoker(_upstream));
    }
}
