using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace TryOn.Api.Tests.Canaries;

/// <summary>
/// A proxy before the sandbox that puts a unique word into everything an upstream can send: headers, the status line,
/// texts, ids and addresses. It removes the word again from ids and addresses in requests.
/// </summary>
internal sealed class CanaryUpstream : IAsyncDisposable
{
    private static readonly string[] SaidInHeaders =
        ["Server", "Set-Cookie", "Via", "WWW-Authenticate", "x-request-id", "x-fal-request-id", "x-fashn-credits-used",
            "openai-organization"];

    private readonly WebApplication _app;
    private readonly Uri _sandbox;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
    private int _answers;

    private CanaryUpstream(WebApplication app, Uri sandbox) => (_app, _sandbox) = (app, sandbox);

    /// <summary>Letters and digits only, like the enumerated values of upstreams.</summary>
    public string Word { get; } = $"canary{RandomNumberGenerator.GetHexString(24, lowercase: true)}";

    public Uri Address => new(_app.Urls.Single());

    /// <summary>How many answers contained the word.</summary>
    public int Answers => _answers;

    public static async Task<CanaryUpstream> Start(Uri sandbox)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var upstream = new CanaryUpstream(app, sandbox);
        app.Run(upstream.Pass);
        await app.StartAsync();
        return upstream;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _http.Dispose();
    }

    private async Task Pass(HttpContext context)
    {
        try
        {
            using var request = Request(context.Request);
            using var response = await _http.SendAsync(request, context.RequestAborted);
            await Answer(context, response);
        }
        catch (HttpRequestException)
        {
            context.Abort();
        }
    }

    private HttpRequestMessage Request(HttpRequest incoming)
    {
        var path = $"{incoming.Path}{incoming.QueryString}"
            .Replace($"/{Word}", "", StringComparison.Ordinal).Replace(Word, "", StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(incoming.Method), new Uri(_sandbox, path));
        if (HttpMethods.IsPost(incoming.Method))
            request.Content = new StreamContent(incoming.Body);
        foreach (var (name, value) in incoming.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value.ToArray()))
                request.Content?.Headers.TryAddWithoutValidation(name, value.ToArray());
        }

        return request;
    }

    private async Task Answer(HttpContext context, HttpResponseMessage response)
    {
        Interlocked.Increment(ref _answers);
        var body = await response.Content.ReadAsByteArrayAsync();
        context.Response.StatusCode = (int)response.StatusCode;
        context.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = Word;
        foreach (var name in SaidInHeaders)
            context.Response.Headers[name] = Word;
        foreach (var (name, values) in response.Headers.Where(header => header.Key is "Retry-After"))
            context.Response.Headers[name] = values.ToArray();
        context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
        await context.Response.Body.WriteAsync(Marked(body));
    }

    private byte[] Marked(byte[] body)
    {
        try
        {
            return Encoding.UTF8.GetBytes(new CanaryMark(Word).On(body));
        }
        catch (JsonException)
        {
            return body;
        }
    }
}
