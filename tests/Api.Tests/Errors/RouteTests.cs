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
    [InlineData("GET", "/api/v1/tryon")]
    [InlineData("PUT", "/api/v1/tryon")]
    [InlineData("DELETE", "/api/v1/keys")]
    [InlineData("GET", "/api/v1/chat/completions")]
    [InlineData("POST", "/api/v1/models")]
    public async Task Route_WithAnotherMethod_IsATypedRefusal(string method, string path)
    {
        var account = await gateway.Run.Open();
        var reply = await gateway.Run.Send(new HttpMethod(method), path, account.Key);
        Envelope.Check(reply, 400, "BadRequest", "invalid_request");
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
