using System.Net.Http.Headers;
using System.Net.Http.Json;
using TryOn.Crash.Tests.Books;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Crash.Tests.Load;

/// <summary>Uses the admin API: opens accounts and reads the books.</summary>
internal sealed class Operator(HttpClient http, Func<Uri> gateway)
{
    /// <param name="concurrency">How many jobs the account may have at once. Its rate limits are too high to
    /// matter.</param>
    public async Task<AccountBody> Open(string name, long credits, int concurrency)
    {
        using var request = Request(HttpMethod.Post, "accounts");
        var limits = new { requests_per_minute = 1_000_000, status_requests_per_minute = 1_000_000, concurrency };
        request.Content = JsonContent.Create(new { name, credits, mode = "live", limits });
        return await Send<AccountBody>(request);
    }

    public async Task<AccountBody> Read(string accountId)
    {
        using var request = Request(HttpMethod.Get, $"accounts/{accountId}");
        return await Send<AccountBody>(request);
    }

    public async Task<IReadOnlyList<StatementLine>> Statement(string accountId)
    {
        var lines = new List<StatementLine>();
        while (true)
        {
            using var request = Request(HttpMethod.Get, $"accounts/{accountId}/statement?after={lines.Count}");
            var page = await Send<StatementBody>(request);
            lines.AddRange(page.Entries);
            if (page.Entries.Count == 0 || lines.Count >= page.Newest)
                return lines;
        }
    }

    public async Task<AuditBody> Audit()
    {
        using var request = Request(HttpMethod.Get, "audit");
        return await Send<AuditBody>(request);
    }

    public async Task<CostsBody> Costs()
    {
        using var request = Request(HttpMethod.Get, "costs");
        return await Send<CostsBody>(request);
    }

    private async Task<T> Send<T>(HttpRequestMessage request)
    {
        using var answer = await http.SendAsync(request);
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<T>(Wire.Json))!;
    }

    private HttpRequestMessage Request(HttpMethod method, string route) =>
        new(method, new Uri(gateway(), $"/admin/v1/{route}"))
        {
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", GatewayProcess.AdminToken) },
        };
}
