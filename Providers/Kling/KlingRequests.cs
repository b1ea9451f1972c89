using System.Net.Http.Headers;
using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;

namespace TryOn.Providers.Kling;

/// <summary>Builds the HTTP requests. The upstream takes no prompt and has no fast mode, so both are omitted.</summary>
public sealed class KlingRequests(KlingOptions options, CallbackOrigin? callbacks = null)
{
    private readonly string _tasks = options.BaseUrl.TrimEnd('/') + "/v1/images/kolors-virtual-try-on";

    public HttpRequestMessage Submit(ProviderCall call)
    {
        var submission = new KlingSubmission(
            options.ModelId, call.Persons[0].Content, call.Garments[0].Content, call.AttemptId,
            callbacks?.AddressFor("kling", call.AttemptId));
        var json = JsonSerializer.SerializeToUtf8Bytes(submission, KlingJson.Default.KlingSubmission);
        var body = new ByteArrayContent(json);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, _tasks) { Content = body };
    }

    public HttpRequestMessage List(int page) =>
        new(HttpMethod.Get, $"{_tasks}?pageNum={page}&pageSize={KlingTask.PageSize}");

    /// <param name="id">The upstream's task id or the external id: the same path segment takes both.</param>
    public HttpRequestMessage Query(string id) => new(HttpMethod.Get, $"{_tasks}/{Uri.EscapeDataString(id)}");
}
