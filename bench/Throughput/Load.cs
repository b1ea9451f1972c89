using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TryOn.Throughput;

/// <summary>The result of a run. A job counts once its picture is stored; its capture may follow later.</summary>
/// <param name="Cpu">Processor time of the gateway.</param>
/// <param name="Rest">Processor time of everything else on the machine: the load generator and the database.</param>
internal sealed record Figures(
    int Jobs, double JobsPerSecond, TimeSpan P50, TimeSpan P99, int Errors, TimeSpan Cpu, TimeSpan Rest);

/// <summary>A closed loop of clients, each of which sends its next request once the last is answered.</summary>
internal static class Load
{
    private const int Accounts = 100;
    private const int Clients = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan CaptureMax = TimeSpan.FromSeconds(10);

    public static async Task<Figures> Run(Nodes nodes, TimeSpan time)
    {
        using var handler = new SocketsHttpHandler { MaxConnectionsPerServer = Clients };
        using var http = new HttpClient(handler) { BaseAddress = nodes.Front };
        var accounts = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => Open(http, i)));
        var keys = accounts.Select(account => account.Key).ToArray();
        var warm = await Drive(nodes, http, keys, WarmUp);
        var figures = await Drive(nodes, http, keys, time);
        await CheckCaptured(http, accounts, warm.Jobs + figures.Jobs, warm.Errors + figures.Errors);
        return figures;
    }

    private static async Task<Figures> Drive(Nodes nodes, HttpClient http, string[] keys, TimeSpan time)
    {
        var clock = TimeProvider.System;
        var latencies = new ConcurrentBag<TimeSpan>();
        var errors = 0;
        var (cpu, busy, start) = (nodes.Cpu(), Machine.Busy(), clock.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = client; clock.GetElapsedTime(start) < time; i += Clients)
            {
                var sent = clock.GetTimestamp();
                var job = await Post(http, keys[i % keys.Length], "google/gemini-2.5-flash-image");
                if (job?["status"]?.GetValue<string>() == "succeeded")
                    latencies.Add(clock.GetElapsedTime(sent));
                else
                    Interlocked.Increment(ref errors);
            }
        })));
        var (took, used) = (clock.GetElapsedTime(start), nodes.Cpu() - cpu);
        var sorted = latencies.Order().ToArray();
        return new Figures(
            sorted.Length, sorted.Length / took.TotalSeconds, Percentile(sorted, 0.5), Percentile(sorted, 0.99), errors,
            used, Machine.Busy() - busy - used);
    }

    public static TimeSpan Percentile(TimeSpan[] sorted, double share) =>
        sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)(share * (sorted.Length - 1))];

    /// <summary>Returns the job from the response.</summary>
    public static async Task<JsonNode?> Post(HttpClient http, string key, string model)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tryon")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = JsonContent.Create(
                new { model, person_images = Picture.DataUrl, garment_images = Picture.DataUrl }),
        };
        using var answer = await http.SendAsync(request);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync());
    }

    public static async Task<(string Id, string Key)> Open(HttpClient http, int number, string mode = "test")
    {
        const int Plenty = 10_000_000;
        var account = await Admin(http, HttpMethod.Post, "", new
        {
            name = $"bench-{number}",
            credits = Plenty,
            mode,
            limits = new { requests_per_minute = Plenty, status_requests_per_minute = Plenty, concurrency = 1_000_000 },
        });
        return (account["id"]!.GetValue<string>(), account["key"]!.GetValue<string>());
    }

    /// <summary>
    /// Checks that each job was charged one credit. A job that its client counts as failed may have been charged as
    /// well.
    /// </summary>
    private static async Task CheckCaptured(HttpClient http, (string Id, string Key)[] accounts, int jobs, int errors)
    {
        var since = TimeProvider.System.GetTimestamp();
        var (captured, reserved) = (0L, 0L);
        do
        {
            var states = await Task.WhenAll(
                accounts.Select(account => Admin(http, HttpMethod.Get, $"/{account.Id}", body: null)));
            captured = states.Sum(state => state["captured"]!.GetValue<long>());
            reserved = states.Sum(state => state["reserved"]!.GetValue<long>());
        }
        while (reserved > 0 && TimeProvider.System.GetElapsedTime(since) < CaptureMax);
        if (captured < jobs || captured > jobs + errors || reserved > 0)
        {
            throw new InvalidDataException(
                $"{jobs} jobs succeeded, {errors} did not; {captured} are charged, {reserved} reserved.");
        }
    }

    private static async Task<JsonNode> Admin(HttpClient http, HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, $"/admin/v1/accounts{path}")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Layout.AdminToken) },
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var answer = await http.SendAsync(request);
        return JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!;
    }
}
