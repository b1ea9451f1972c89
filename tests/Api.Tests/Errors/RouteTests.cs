using TryOn.Api.Tests.Dialects;

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

    /// <summary>Refusals by the routing itself, which reach no endpoint of the surface.</summary>
    [Theory]
    [InlineData("GET", "/v1/run", 405, "MethodNotAllowed", false)]
    [InlineData("POST", "/v1/status/x", 405, "MethodNotAllowed", false)]
    [InlineData("DELETE", "/v1/credits", 405, "MethodNotAllowed", false)]
    [InlineData("GET", "/v1/status/", 404, "NotFound", false)]
    [InlineData("POST", "/v1/run/x", 404, "NotFound", false)]
    [InlineData("PUT", "/api/v1/tryon/clothes", 405, "MethodNotAllowed", true)]
    [InlineData("PATCH", "/api/v1/tryon/Hairstyles", 405, "MethodNotAllowed", true)]
    [InlineData("POST", "/api/v1/status/x", 405, "MethodNotAllowed", true)]
    [InlineData("GET", "/api/v1/status/", 404, "NotFound", true)]
    [InlineData("GET", "/api/v1/status", 404, "NotFound", true)]
    public async Task Route_OfAFlatSurface_IsRefusedInItsForm(
        string method, string path, int status, string error, bool tryItOn)
    {
        var account = await gateway.Run.Open();
        var reply = await gateway.Run.Send(new HttpMethod(method), path, account.Key);
        Dialect.Named(tryItOn ? Dialect.TryItOn : Dialect.Fashn).Refused(reply, status, error);
        Assert.Equal(status == 405, reply.Header("Allow") is not null);
    }

    /// <summary>Paths next to those of the flat surfaces.</summary>
    [Theory]
    [InlineData("PUT", "/api/v1/tryon/job_x", 405, "MethodNotAllowed", "invalid_request")]
    [InlineData("POST", "/api/v1/credits", 405, "MethodNotAllowed", "invalid_request")]
    [InlineData("GET", "/api/v1/statuses", 404, "NotFound", "not_found")]
    [InlineData("GET", "/v1/running", 404, "NotFound", "not_found")]
    public async Task Route_BesideAFlatSurface_HasTheEnvelope(
        string method, string path, int status, string type, string kind)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await gateway.Run.Send(new HttpMethod(method), path, account.Key), status, type, kind);
    }

    /// <summary>HEAD answers like GET without the body; streams refuse it.</summary>
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
        Assert.Equal((200, "Healthy"), StatusAndText(await gateway.Run.Send(HttpMethod.Get, path, bearer: null)));

    [Fact]
    public async Task Answers_OfAnyRequests_HaveDifferentIds()
    {
        var account = await gateway.Run.Open();
        var (one, other) = (await account.Get("/api/v1/models"), await account.Get("/api/v1/models"));
        Assert.StartsWith("req_", one.Header("x-request-id"), StringComparison.Ordinal);
        Assert.NotEqual(one.Header("x-request-id"), other.Header("x-request-id"));
    }

    private static (int Status, string Text) StatusAndText(Reply reply) => (reply.Status, reply.Text);
}
