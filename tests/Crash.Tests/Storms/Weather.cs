using System.Net.Http.Json;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>Makes the upstreams misbehave, and asks them how often they were asked.</summary>
internal sealed class Weather(HttpClient http, Uri sandbox)
{
    /// <summary>Lasts until <see cref="Clear"/>.</summary>
    public async Task Order(object fault)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(sandbox, "/sandbox/faults"), fault);
        answer.EnsureSuccessStatusCode();
    }

    public async Task Clear()
    {
        using var answer = await http.DeleteAsync(new Uri(sandbox, "/sandbox/faults"));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Requests since the sandbox started.</summary>
    /// <param name="operation">submit | poll | list | download; lists are polls too.</param>
    public async Task<int> Requests(string provider, string operation) =>
        (await http.GetFromJsonAsync<List<TallyLine>>(new Uri(sandbox, "/sandbox/tally"), Wire.Json))!
            .Where(line => line.Provider == provider && line.Operation == operation).Sum(line => line.Requests);

    private sealed record TallyLine(string Provider, string Operation, int Requests);
}
