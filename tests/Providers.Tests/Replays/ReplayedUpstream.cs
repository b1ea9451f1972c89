using System.Net;
using TryOn.Core.Providers;
using TryOn.Providers.Fal;
using TryOn.Providers.Fashn;
using TryOn.Providers.Gemini;
using TryOn.Providers.Kling;
using TryOn.Providers.OpenAI;

namespace TryOn.Providers.Tests.Replays;

/// <summary>Gives the row's answer to the row's operation, and finds no submit when it is asked for one.</summary>
public sealed class ReplayedUpstream(ReplayRow row) : HttpMessageHandler
{
    private const string Base = "https://upstream.test";

    public static ITryOnProvider Adapter(string provider, HttpMessageInvoker http) => provider switch
    {
        "kling" => new KlingProvider(new KlingOptions { BaseUrl = Base, ApiKey = "k" }, new FakeTimeProvider(), http),
        "gemini" => new GeminiProvider(
            new GeminiOptions { BaseUrl = Base, ApiKey = "k" }, new FakeTimeProvider(), http),
        "openai" => new OpenAIProvider(
            new OpenAIOptions { BaseUrl = Base, ApiKey = "k" }, new FakeTimeProvider(), http),
        "fal" => new FalProvider(
            new FalOptions { BaseUrl = Base, HistoryUrl = Base, ApiKey = "k" }, new FakeTimeProvider(), http),
        _ => new FashnProvider(new FashnOptions { BaseUrl = Base, ApiKey = "k" }, new FakeTimeProvider(), http),
    };

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken) =>
        Task.FromResult(Answer(request.Method, request.RequestUri!.AbsolutePath, row.Operation));

    private HttpResponseMessage Answer(HttpMethod method, string path, string operation) => (operation, path) switch
    {
        ("submit", _) when method == HttpMethod.Post => Row(),
        ("submit", _) when path.Contains("by-endpoint", StringComparison.Ordinal) => Json(200,
            """{"items":[],"has_more":false}"""),
        ("submit", _) when path.EndsWith("try-on", StringComparison.Ordinal) => Json(200, """{"code":0,"data":[]}"""),
        ("submit", _) => Json(404, """{"code":1203,"message":"none"}"""),
        ("result", _) when path.EndsWith("/status", StringComparison.Ordinal) =>
            Json(200, """{"status":"COMPLETED","error":"canary"}"""),
        ("picture", _) when path.EndsWith("/status", StringComparison.Ordinal) => Json(200,
            """{"status":"COMPLETED"}"""),
        _ => Row(),
    };

    private HttpResponseMessage Row()
    {
        var answer = Json(row.Status, row.Body);
        if (row.Header.Split(": ") is [var name, var value])
            answer.Headers.Add(name, value);
        return answer;
    }

    private static HttpResponseMessage Json(int status, string body) =>
        new((HttpStatusCode)status) { Content = new StringContent(body) };
}
