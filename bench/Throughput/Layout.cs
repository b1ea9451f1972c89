using System.Net;
using System.Net.Sockets;

namespace TryOn.Throughput;

/// <summary>Which processes make up one measured gateway.</summary>
internal sealed record Layout(string Name, string Binaries, string? Postgres, IReadOnlyList<string> Roles)
{
    public const string AdminToken = "a-token-for-the-benchmark-only";

    /// <summary>Settings of one benchmark, over those of all.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();

    /// <summary>The first is the baseline that ratios are taken to.</summary>
    public static IEnumerable<Layout> All(string binaries, string? postgres)
    {
        yield return new Layout("embedded", binaries, Postgres: null, ["embedded"]);
        if (postgres is null)
            yield break;
        yield return new Layout("both in one", binaries, postgres, ["both"]);
        yield return new Layout("1 silo, 1 api", binaries, postgres, ["silo", "api"]);
        yield return new Layout("2 silos, 1 api", binaries, postgres, ["silo", "silo", "api"]);
        yield return new Layout("3 silos, 1 api", binaries, postgres, ["silo", "silo", "silo", "api"]);
    }

    /// <summary>This benchmark's own server of one account's reservations.</summary>
    public static Layout OneAccount(string assembly) => new("account", assembly, Postgres: null, ["account"]);

    public async Task<Nodes> Start()
    {
        var nodes = new Nodes();
        // A cluster of its own each time: the members of the one before would be looked for.
        var cluster = $"bench-{Path.GetRandomFileName()}";
        foreach (var role in Roles)
            await nodes.Add(Assembly(role), Settings(cluster, nodes.Folder), Arguments(role));
        return nodes;
    }

    private string Assembly(string role) => role switch
    {
        "embedded" => Path.Combine(Binaries, "Api", "release", "TryOn.Api.dll"),
        "account" => Binaries,
        _ => Path.Combine(Binaries, "Silo", "release", "TryOn.Silo.dll"),
    };

    private static string[] Arguments(string role) => role switch
    {
        "embedded" => [],
        "account" => ["--account"],
        _ => ["--role", role],
    };

    private Dictionary<string, string> Settings(string cluster, string folder)
    {
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["Logging__LogLevel__Default"] = "Error",
            ["TryOn__Admin__Token"] = AdminToken,
            ["TryOn__DataDirectory"] = Path.Combine(folder, "data"),
            ["TryOn__Sandbox__Speed"] = "1000000",
            ["TryOn__Cluster__Secret"] = Convert.ToBase64String(new byte[32]),
            ["TryOn__Cluster__PictureFolder"] = Path.Combine(folder, "pictures"),
            ["Orleans__ClusterId"] = cluster,
            ["Orleans__ServiceId"] = cluster,
            ["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans__Endpoints__SiloPort"] = FreePort().ToString(),
            ["Orleans__Endpoints__GatewayPort"] = FreePort().ToString(),
        };
        foreach (var section in Postgres is null ? [] : (string[])["Clustering", "GrainStorage__records", "Reminders"])
        {
            settings[$"Orleans__{section}__ProviderType"] = "AdoNet";
            settings[$"Orleans__{section}__Invariant"] = "Npgsql";
            settings[$"Orleans__{section}__ConnectionString"] = Postgres!;
        }

        foreach (var (name, value) in More)
            settings[name] = value;
        return settings;
    }

    public static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
