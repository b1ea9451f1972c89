using System.Text.Json;

namespace TryOn.Api.Tests;

/// <summary>Checks that errors have the common form that clients of several schemas need.</summary>
public static class Envelope
{
    public static void Check(Reply reply, int status, string type, string kind, string? param = null)
    {
        Assert.Equal((status, type, kind), (reply.Status, Error(reply).Text("type"), Kind(reply)));
        Check(reply);
        if (param is not null)
            Assert.Equal(param, Error(reply).Text("param"));
    }

    /// <summary>Checks an error of any kind.</summary>
    public static void Check(Reply reply)
    {
        Assert.StartsWith("application/json", reply.Header("Content-Type"), StringComparison.Ordinal);
        Assert.Equal(reply.Status, Error(reply).GetProperty("code").GetInt32());
        Assert.NotEmpty(Error(reply).Text("message"));
        Assert.Equal(Error(reply).Text("message"), reply.Json.Text("message"));
        Assert.Equal(reply.Header("x-request-id"), Error(reply).GetProperty("metadata").Text("request_id"));
        Assert.Contains(
            Error(reply).GetProperty("param").ValueKind, new[] { JsonValueKind.String, JsonValueKind.Null });
        Assert.Contains(reply.Header("x-should-retry"), new[] { "true", "false" });
        CheckRetryAfter(reply);
    }

    private static void CheckRetryAfter(Reply reply)
    {
        if (reply.Status is 429 or 503)
            Assert.InRange(int.Parse(reply.Header("Retry-After")!), 1, 60);
        else
            Assert.Null(reply.Header("Retry-After"));
    }

    private static JsonElement Error(Reply reply) => reply.Json.GetProperty("error");

    private static string Kind(Reply reply) => Error(reply).GetProperty("metadata").Text("error_type");
}
