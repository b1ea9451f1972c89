namespace TryOn.Api.Tests.Errors;

[Collection(Shared.Name)]
public sealed class RouteTests(SharedGateway gateway)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/tryon")]
    [InlineData("/admin/v1/nothing")]
    [InlineData("/files/x")]
    public async Task Route_ThatIsUnknown_IsATypedNotFound(string path)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Get(path), 404, "NotFound", "not_found");
    }

    [Theory]
    [InlineData("GET", "/api/v1/tryon", "POST")]
    [InlineData("PUT", "/api/v1/tryon", "POST")]
    [InlineData("DELETE", "/api/v1/keys", "GET, HEAD, POST")]
    [InlineData("GET", "/api/v1/chat/completions", "POST")]
    [InlineData("GET", "/v1/chat/completions", "POST")]
    [InlineData("POST", "/api/v1/models", "GET, HEAD")]
    public async Task Route_WithAnotherMethod_NamesThoseItTakes(string method, string path, string allowed)
    {
        var account = await gateway.Run.Open();
        var reply = await gateway.Run.Send(new HttpMethod(method), path, account.Key);
        Envelope.Check(reply, 405, "MethodNotAllowed", "invalid_request");
        Assert.Equal(allowed, reply.Header("Allow"));
    }

    /// <summary>As GET answers, without the body; a stream is nothing without it.</summary>
    [Theory]
    [InlineData("/api/v1/models", 200)]
    [InlineData("/api/v1/usage?format=csv", 200)]
    [InlineData("/v1/credits", 200)]
    [InlineData("/api/v1/tryon/job_none", 404)]
    [InlineData("/api/v1/tryon", 405)]
    [InlineData("/api/v1/events", 405)]
    public async Task Route_AskedForItsHead_HasNoBody(string path, int status)
    {
        var account = await gateway.Run.Open();
        var reply = await gateway.Run.Send(HttpMethod.Head, path, account.Key);
        Assert.Equal((status, 0), (reply.Status, reply.Body.Length));
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_OfARunningGateway_IsGood(string path) =>
        Assert.Equal((200, "Healthy"), Of(await gateway.Run.Send(HttpMethod.Get, path, bearer: null)));

    [Fact]
    public async Task Answers_HaveEachAnIdOfTheirOwn()
    {
        var account = await gateway.Run.Open();
        var (one, other) = (await account.Get("/api/v1/models"), await account.Get("/api/v1/models"));
        Assert.StartsWith("req_", one.Header("x-request-id"), StringComparison.Ordinal);
        Assert.NotEqual(one.Header("x-request-id"), other.Header("x-request-id"));
    }

    private static (int Status, string Text) Of(Reply reply) => (reply.Status, reply.Text);
}
