using System.Net;
using System.Text;
using TryOn.Core.Providers;
using TryOn.Providers.Kling;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Kling;

/// <summary>How many requests polling takes at an upstream whose tasks each take 45 seconds.</summary>
public sealed class KlingPollingTests
{
    private static readonly TimeSpan Took = TimeSpan.FromSeconds(45);

    [Fact]
    public async Task Polls_OfManyTasks_ShareOneList()
    {
        using var upstream = new Upstream();
        var sut = Create(upstream, new FakeTimeProvider());

        foreach (var id in Enumerable.Range(0, 500))
            Assert.IsType<ProviderReply.Ready>(await sut.Poll($"{id}", CancellationToken.None));

        Assert.Equal((1, 2), (upstream.Lists, upstream.Queries));
    }

    /// <summary>
    /// The task has ended a while ago or is unknown. Only the page after the running tasks is searched, and no further
    /// one.
    /// </summary>
    [Fact]
    public async Task Poll_OfATaskNotListed_AsksForItByItself()
    {
        using var upstream = new Upstream();
        var time = new FakeTimeProvider();
        var sut = Create(upstream, time);
        for (var poll = 0; poll < 5; poll++)
            await sut.Poll("1", CancellationToken.None);
        Assert.Equal((1, 2), (upstream.Lists, upstream.Queries));

        var asked = sut.Poll("9999", CancellationToken.None);
        time.Advance(TimeSpan.FromSeconds(1.2));

        Assert.IsType<ProviderReply.Ready>(await asked);
        Assert.Equal((3, 3), (upstream.Lists, upstream.Queries));
    }

    [Fact]
    public async Task List_ThatIsStale_AnswersNothing()
    {
        var time = new FakeTimeProvider();
        using var upstream = new Upstream();
        var sut = Create(upstream, time);
        for (var round = 1; round <= 2; round++)
        {
            for (var poll = 0; poll < 5; poll++)
                await sut.Poll("1", CancellationToken.None);
            Assert.Equal(round, upstream.Lists);
            time.Advance(TimeSpan.FromSeconds(1.6));
        }
    }

    /// <summary>Otherwise its picture would wait for another whole poll interval.</summary>
    [Fact]
    public async Task Poll_OfATaskSeenRunning_WaitsForANewerList()
    {
        using var upstream = new Upstream { Status = "processing" };
        var time = new FakeTimeProvider();
        var sut = Create(upstream, time);
        for (var poll = 0; poll < 3; poll++)
            await sut.Poll("1", CancellationToken.None);
        upstream.Status = "succeed";

        var asked = sut.Poll("1", CancellationToken.None);
        Assert.False(asked.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1.2));

        Assert.IsType<ProviderReply.Ready>(await asked);
        Assert.Equal(2, upstream.Queries);
    }

    [Theory]
    [InlineData("1", 1, 2)]
    [InlineData("9999", 4, 3)]
    public async Task List_FullOfRunningTasks_IsReadUntilTheTaskIsFound(string id, int lists, int queries)
    {
        using var upstream = new Upstream { Status = "processing" };
        var sut = Create(upstream, new FakeTimeProvider());
        for (var poll = 0; poll < 3; poll++)
            await sut.Poll(id, CancellationToken.None);

        Assert.Equal((lists, queries), (upstream.Lists, upstream.Queries));
    }

    [Fact]
    public async Task List_ThatCannotBeFetched_IsNotRequestedAgainSoon()
    {
        using var upstream = new Upstream { Listed = HttpStatusCode.NotFound };
        var sut = Create(upstream, new FakeTimeProvider());
        for (var poll = 0; poll < 50; poll++)
            Assert.IsType<ProviderReply.Ready>(await sut.Poll("1", CancellationToken.None));

        Assert.Equal((1, 50), (upstream.Lists, upstream.Queries));
    }

    [Fact]
    public async Task FirstPoll_OnceLatenciesAreKnown_ComesWhenItIsDone()
    {
        using var upstream = new Upstream();
        var time = new FakeTimeProvider();
        var sut = Create(upstream, time);
        Assert.Equal(TimeSpan.FromSeconds(20), await FirstPoll(sut));

        for (var task = 0; task < 5; task++)
        {
            await sut.Poll("1", CancellationToken.None);
            time.Advance(TimeSpan.FromSeconds(60));
        }

        Assert.Equal(Took, await FirstPoll(sut));
    }

    private static async Task<TimeSpan> FirstPoll(KlingProvider sut) =>
        Assert.IsType<ProviderReply.Waiting>(await sut.Submit(Calls.One(), CancellationToken.None)).PollAfter;

    private static KlingProvider Create(Upstream upstream, TimeProvider time) =>
        new(new KlingOptions { BaseUrl = "https://kling.test", ApiKey = "k" }, time, new HttpMessageInvoker(upstream));

    /// <summary>
    /// Lists tasks 0 to 499 and finds every task by its id. All tasks are done unless a test says otherwise.
    /// </summary>
    private sealed class Upstream : HttpMessageHandler
    {
        public int Lists { get; private set; }

        public int Queries { get; private set; }

        public string Status { get; set; } = "succeed";

        public HttpStatusCode Listed { get; init; } = HttpStatusCode.OK;

        protected override Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var id = request.RequestUri!.Segments[^1];
            if (request.Method == HttpMethod.Post)
                return Answer("""{"task_id":"1","task_status":"submitted"}""");
            if (request.RequestUri.Query.Length == 0)
            {
                Queries++;
                return Answer(Done(id));
            }

            Lists++;
            return Answer($"[{string.Join(',', Enumerable.Range(0, 500).Select(task => Done($"{task}")))}]", Listed);
        }

        private string Done(string id) =>
            $$$"""
            {"task_id":"{{{id}}}","task_status":"{{{Status}}}","created_at":1000,"updated_at":{{{1000 + Took.TotalMilliseconds}}},
             "task_result":{"images":[{"url":"https://a/{{{id}}}"}]}}
            """;

        private static Task<HttpResponseMessage> Answer(string data, HttpStatusCode status = HttpStatusCode.OK) =>
            Task.FromResult(new HttpResponseMessage(status)
        {
            Content = new StringContent("{\"code\":0,\"data\":" + data + "}", Encoding.UTF8, "application/json"),
        });
    }
}
