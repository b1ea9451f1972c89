using System.Buffers.Binary;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// Builds the HTTP requests (https://docs.fal.ai/model-apis/model-endpoints/queue). A seed derived from the attempt's
/// id makes every input unique, so that a lost request can be found by it. Payloads stay stored upstream for the same
/// reason.
/// </summary>
public sealed class FalRequests(FalOptions options, CallbackOrigin? callbacks = null)
{
    private readonly string _queue = options.BaseUrl.TrimEnd('/');
    private readonly string _history = options.HistoryUrl.TrimEnd('/') + "/v1/models/requests/by-endpoint";

    /// <summary>The seed of an attempt; never negative.</summary>
    public static int SeedOf(string attemptId) =>
        BinaryPrimitives.ReadInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(attemptId))) & int.MaxValue;

    public HttpRequestMessage Submit(ProviderCall call)
    {
        var json = FalModels.TakesKlingsInput(call.Model)
            ? JsonSerializer.SerializeToUtf8Bytes(KlingInput(call), FalJson.Default.FalKlingInput)
            : JsonSerializer.SerializeToUtf8Bytes(FluxInput(call), FalJson.Default.FalFluxInput);
        var address = $"{_queue}/{FalModels.Endpoint(call.Model, options)}";
        if (callbacks?.AddressFor("fal", call.AttemptId) is { } callback)
            address += $"?fal_webhook={Uri.EscapeDataString(callback)}";
        var request = Authorized(HttpMethod.Post, new Uri(address), MediaType.Json(json));
        // Without this header another endpoint, with another price and quality, may answer.
        request.Headers.Add("x-app-fal-disable-fallback", "true");
        return request;
    }

    /// <param name="path">The request's path, as stored at the submit.</param>
    public HttpRequestMessage Status(string path) => Authorized(HttpMethod.Get, new Uri($"{_queue}/{path}/status"));

    public HttpRequestMessage Cancel(string path) => Authorized(HttpMethod.Put, new Uri($"{_queue}/{path}/cancel"));

    /// <param name="given">The result's address from the status; used only if it has the queue's origin.</param>
    public HttpRequestMessage Result(string path, string? given) => Authorized(
        HttpMethod.Get, FalAddresses.SameOrigin(given, options) ?? new Uri($"{_queue}/{path}"));

    public HttpRequestMessage History(string endpoint, DateTimeOffset from, DateTimeOffset to, string? cursor)
    {
        var query = $"?endpoint_id={Uri.EscapeDataString(endpoint)}&start={Time(from)}&end={Time(to)}&expand=payloads";
        if (cursor is not null)
            query += $"&cursor={Uri.EscapeDataString(cursor)}";
        return Authorized(HttpMethod.Get, new Uri(_history + query));
    }

    private HttpRequestMessage Authorized(HttpMethod method, Uri address, HttpContent? body = null)
    {
        var request = new HttpRequestMessage(method, address) { Content = body };
        request.Headers.Authorization = new AuthenticationHeaderValue("Key", options.ApiKey);
        return request;
    }

    private FalFluxInput FluxInput(ProviderCall call) => new(
        string.IsNullOrWhiteSpace(call.Prompt) ? options.DefaultPrompt : call.Prompt,
        [.. call.Persons.Concat(call.Garments).Select(MediaType.DataUrl)],
        SeedOf(call.AttemptId), NumImages: 1, OutputFormat: "png",
        options.SafetyTolerance.ToString(CultureInfo.InvariantCulture));

    private static FalKlingInput KlingInput(ProviderCall call) =>
        new(MediaType.DataUrl(call.Persons[0]), MediaType.DataUrl(call.Garments[0]));

    private static string Time(DateTimeOffset at) =>
        Uri.EscapeDataString(at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
}
