using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Crash.Tests.Load;

/// <summary>Calls the API for one account. A broken connection throws; every status code is returned.</summary>
internal sealed class TryOnClient(HttpClient http, IDeployment deployment, string key, PictureSeries pictures)
{
    private static readonly byte[] Garment = new PictureSeries(SideMin: 300, Noise: false).Draw(0);

    public async Task<(HttpStatusCode Code, string Text, JobBody? Job)> Place(Order order, CancellationToken patience)
    {
        using HttpContent content = order.AsForm ? Form(order) : Json(order);
        return await Place(order, content, patience);
    }

    public async Task<(HttpStatusCode Code, string Text, JobBody? Job)> Place(
        Order order, HttpContent content, CancellationToken patience)
    {
        using var request = Request(HttpMethod.Post, new Uri(deployment.Address, "/api/v1/tryon"));
        request.Headers.Add("Idempotency-Key", order.Key);
        request.Content = content;
        using var answer = await http.SendAsync(request, patience);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Accepted))
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(patience), null);
        return (answer.StatusCode, "", await answer.Content.ReadFromJsonAsync<JobBody>(Wire.Json, patience));
    }

    /// <summary>Null when the account has no such job.</summary>
    public async Task<JobBody?> Read(string jobId)
    {
        using var request = Request(HttpMethod.Get, new Uri(deployment.Address, $"/api/v1/tryon/{jobId}"));
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode == HttpStatusCode.NotFound)
            return null;
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JobBody>(Wire.Json);
    }

    /// <summary>Reads any other resource of the account.</summary>
    public async Task<T> Own<T>(string path)
        where T : class
    {
        using var request = Request(HttpMethod.Get, new Uri(deployment.Address, $"/api/v1/{path}"));
        using var answer = await http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(Wire.Json))!;
    }

    public MultipartFormDataContent Form(Order order) => new()
    {
        { new StringContent(order.Model), "model" },
        { new ByteArrayContent(pictures.Draw(order.Number)), "person_images", "person.png" },
        { new ByteArrayContent(Garment), "garment_images", "garment.png" },
    };

    private JsonContent Json(Order order) => JsonContent.Create(new
    {
        model = order.Model,
        person_images = (string[])[Data(pictures.Draw(order.Number))],
        garment_images = Data(Garment),
    });

    private static string Data(byte[] picture) => $"data:image/png;base64,{Convert.ToBase64String(picture)}";

    private HttpRequestMessage Request(HttpMethod method, Uri address) =>
        new(method, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) } };
}
