using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace TryOn.Throughput;

/// <summary>What a run came to. A job counts when its picture is stored and its credit captured or about to be.</summary>
internal sealed record Figures(int Jobs, double JobsPerSecond, TimeSpan P50, TimeSpan P99, int Errors, Effort Effort);

/// <summary>Processor time of one run.</summary>
/// <param name="Rest">Everything that is not the gateway: the load itself and the database.</param>
internal sealed record Effort(TimeSpan Silos, TimeSpan Fronts, TimeSpan Rest)
{
    public static Effort Now(Nodes nodes)
    {
        var (silos, fronts) = nodes.Cpu();
        return new Effort(silos, fronts, Machine.Busy() - silos - fronts);
    }

    public Effort Since(Effort start) => new(Silos - start.Silos, Fronts - start.Fronts, Rest - start.Rest);
}

/// <summary>A closed loop: so many clients, each sending the next request when the last is answered.</summary>
internal static class Load
{
    private const int Accounts = 100;
    private const int Clients = 64;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    public static async Task<Figures> Run(Nodes nodes, TimeSpan time)
    {
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = Clients }) { BaseAddress = nodes.Front };
        var accounts = await Task.WhenAll(Enumerable.Range(0, Accounts).Select(i => Open(http, i)));
        var keys = accounts.Select(account => account.Key).ToArray();
        await Drive(nodes, http, keys, WarmUp);
        return await Drive(nodes, http, keys, time);
    }

    private static async Task<Figures> Drive(Nodes nodes, HttpClient http, string[] keys, TimeSpan time)
    {
        var clock = TimeProvider.System;
        var latencies = new ConcurrentBag<TimeSpan>();
        var errors = 0;
        var before = Effort.Now(nodes);
        var start = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var i = client; clock.GetElapsedTime(start) < time; i += Clients)
            {
                var sent = clock.GetTimestamp();
                if (await Succeeds(http, keys[i % keys.Length]))
                    latencies.Add(clock.GetElapsedTime(sent));
                else
                    Interlocked.Increment(ref errors);
            }
        })));
        var took = clock.GetElapsedTime(start);
        var sorted = latencies.Order().ToArray();
        return new Figures(
            sorted.Length, sorted.Length / took.TotalSeconds, Percentile(sorted, 0.5), Percentile(sorted, 0.99), errors,
            Effort.Now(nodes).Since(before));
    }

    public static TimeSpan Percentile(TimeSpan[] sorted, double share) =>
        sorted.Length == 0 ? TimeSpan.Zero : sorted[(int)(share * (sorted.Length - 1))];

    private static async Task<bool> Succeeds(HttpClient http, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tryon")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
            Content = JsonContent.Create(new
            {
                model = "google/gemini-2.5-flash-image", person_images = Picture.DataUrl, garment_images = Picture.DataUrl,
            }),
        };
        using var answer = await http.SendAsync(request);
        var job = JsonNode.Parse(await answer.Content.ReadAsStringAsync());
        return job?["status"]?.GetValue<string>() == "succeeded";
    }

    public static async Task<(string Id, string Key)> Open(HttpClient http, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/accounts")
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", Layout.AdminToken) },
            Content = JsonContent.Create(new
            {
                name = $"bench-{number}",
                credits = 10_000_000,
                mode = "test",
                limits = new { requests_per_minute = 10_000_000, status_requests_per_minute = 10_000_000, concurrency = 1_000_000 },
            }),
        };
        using var answer = await http.SendAsync(request);
        var account = JsonNode.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync());
        return (account!["id"]!.GetValue<string>(), account["key"]!.GetValue<string>());
    }
}
