using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Xml.Linq;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Silo.Tests.Pictures;

/// <summary>
/// A stand-in for S3 with one bucket, path style, that answers PUT, GET, DELETE and ListObjectsV2 on loopback. It
/// accepts every signature and refuses unsigned requests.
/// </summary>
internal sealed class S3StandIn : IAsyncDisposable
{
    public const string Bucket = "pictures";

    /// <summary>Real stores send pages of a thousand. With two, a listing of three objects has several pages.</summary>
    private const int PageSize = 2;

    private static readonly XNamespace Names = "http://s3.amazonaws.com/doc/2006-03-01/";

    private readonly WebApplication _server;

    private S3StandIn(WebApplication server) => _server = server;

    public ConcurrentDictionary<string, (byte[] Content, DateTimeOffset SavedAt)> Objects { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The status of every response while it is set.</summary>
    public HttpStatusCode? Failure { get; set; }

    public int Requests { get; private set; }

    public string Address => _server.Urls.Single();

    public static async Task<S3StandIn> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var standIn = new S3StandIn(server);
        server.Run(standIn.Answer);
        await server.StartAsync();
        return standIn;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task Answer(HttpContext http)
    {
        Requests++;
        if (!http.Request.Headers.Authorization.ToString()
            .StartsWith("AWS4-HMAC-SHA256 Credential=", StringComparison.Ordinal))
            return Refuse(http, HttpStatusCode.Forbidden, "AccessDenied");
        if (Failure is { } failure)
            return Refuse(http, failure, "InternalError");
        var path = http.Request.Path.Value!.Split('/', 3);
        if (path[1] != Bucket)
            return Refuse(http, HttpStatusCode.NotFound, "NoSuchBucket");
        var key = path.Length > 2 ? path[2] : "";
        return (http.Request.Method, key) switch
        {
            ("GET", "") when http.Request.Query["list-type"] == "2" => List(http),
            ("PUT", { Length: > 0 }) => Put(http, key),
            ("GET", { Length: > 0 }) => Get(http, key),
            ("DELETE", { Length: > 0 }) => Delete(http, key),
            _ => Refuse(http, HttpStatusCode.NotImplemented, "NotImplemented"),
        };
    }

    private async Task Put(HttpContext http, string key)
    {
        using var content = new MemoryStream();
        await http.Request.Body.CopyToAsync(content);
        Objects[key] = (content.ToArray(), Now);
        http.Response.Headers.ETag = "\"1\"";
    }

    private Task Get(HttpContext http, string key)
    {
        if (!Objects.TryGetValue(key, out var found))
            return Refuse(http, HttpStatusCode.NotFound, "NoSuchKey");
        http.Response.ContentLength = found.Content.Length;
        return http.Response.Body.WriteAsync(found.Content).AsTask();
    }

    private Task Delete(HttpContext http, string key)
    {
        Objects.TryRemove(key, out _);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private Task List(HttpContext http)
    {
        var prefix = http.Request.Query["prefix"].ToString();
        var after = http.Request.Query["continuation-token"].ToString();
        var left = Objects.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)
            && string.CompareOrdinal(entry.Key, after) > 0).OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .ToList();
        var page = left.Take(PageSize).ToList();
        var result = new XElement(Names + "ListBucketResult", page.Select(Entry));
        result.Add(new XElement(Names + "IsTruncated", left.Count > PageSize));
        if (left.Count > PageSize)
            result.Add(new XElement(Names + "NextContinuationToken", page[^1].Key));
        return Write(http, result);
    }

    private static XElement Entry(KeyValuePair<string, (byte[] Content, DateTimeOffset SavedAt)> entry) => new(
        Names + "Contents",
        new XElement(Names + "Key", entry.Key),
        new XElement(
            Names + "LastModified",
            entry.Value.SavedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)),
        new XElement(Names + "Size", entry.Value.Content.Length));

    private static Task Refuse(HttpContext http, HttpStatusCode status, string code)
    {
        http.Response.StatusCode = (int)status;
        return Write(http, new XElement("Error", new XElement("Code", code), new XElement("Message", code)));
    }

    private static Task Write(HttpContext http, XElement body)
    {
        http.Response.ContentType = "application/xml";
        return http.Response.WriteAsync(body.ToString());
    }
}
