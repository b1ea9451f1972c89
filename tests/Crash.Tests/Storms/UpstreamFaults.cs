using System.Net.Http.Json;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>Injects faults into the sandbox's upstreams, and counts the requests they received.</summary>
internal sealed class UpstreamFaults(HttpClient http, Uri sandbox)
{
    /// <summary>The fault lasts until <see cref="Clear"/>.</summary>
    public async Task Inject(object fault)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(sandbox, "/sandbox/faults"), fault);
        answer.EnsureSuccessStatusCode();
    }

    public async Task Clear()
    {
        using var answer = await http.DeleteAsync(new Uri(sandbox, "/sandbox/faults"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>How many requests the sandbox has received since it started.</summary>
    /// <param name="operation">submit | poll | list | download; a list counts as a poll too.</param>
    public async Task<int> RequestCount(string provider, string operation) =>
        (await http.GetFromJsonAsync<List<RequestCountLine>>(new Uri(sandbox, "/sandbox/tally"), Wire.Json))!
            .Where(line => line.Provider == provider && line.Operation == operation).Sum(line => line.Requests);

    private sealed record RequestCountLine(string Provider, string Operation, int Requests);
}
