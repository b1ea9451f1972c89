using System.Net.Http.Headers;
using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

/// <summary>
/// Builds the HTTP requests (https://docs.fashn.ai/api-reference/tryon-v1-6). The category is left to the model; the
/// upstream takes no prompt.
/// </summary>
public sealed class FashnRequests(FashnOptions options, CallbackOrigin? callbacks = null)
{
    private readonly string _base = options.BaseUrl.TrimEnd('/');

    public HttpRequestMessage Run(ProviderCall call)
    {
        var run = new FashnRun(options.ModelId, new FashnInputs(
            MediaType.DataUrl(call.Persons[0]), MediaType.DataUrl(call.Garments[0]),
            call.FastMode ? "performance" : options.Mode, options.ModerationLevel, OutputFormat: "png"));
        var json = JsonSerializer.SerializeToUtf8Bytes(run, FashnJson.Default.FashnRun);
        var query = callbacks?.AddressFor("fashn", call.AttemptId) is { } callback
            ? $"?webhook_url={Uri.EscapeDataString(callback)}"
            : "";
        return Authorized(
            new HttpRequestMessage(HttpMethod.Post, _base + "/v1/run" + query) { Content = MediaType.Json(json) });
    }

    public HttpRequestMessage Status(string id) =>
        Authorized(new HttpRequestMessage(HttpMethod.Get, $"{_base}/v1/status/{Uri.EscapeDataString(id)}"));

    private HttpRequestMessage Authorized(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        return request;
    }
}
