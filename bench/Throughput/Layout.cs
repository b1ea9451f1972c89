namespace TryOn.Throughput;

/// <summary>The command line of one process of a gateway, run by <c>dotnet</c>.</summary>
internal sealed record NodeCommand(string Assembly, params string[] Arguments);

/// <summary>The processes of one measured gateway, in start order. The last one answers HTTP.</summary>
internal sealed record Layout(string Name, params IReadOnlyList<NodeCommand> Commands)
{
    public const string AdminToken = "a-token-for-the-benchmark-only";

    /// <summary>Connection string for the cluster's records; null for the gateway's default storage.</summary>
    public string? Postgres { get; init; }

    /// <summary>Settings of one benchmark, which override the common ones.</summary>
    public IReadOnlyDictionary<string, string> Overrides { get; init; } = new Dictionary<string, string>();

    /// <param name="text"><c>name=path/to.dll</c>.</param>
    public static Layout Parse(string text)
    {
        var split = text.IndexOf('=', StringComparison.Ordinal);
        var path = Path.GetFullPath(text[(split + 1)..]);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no gateway at {path}; build it, or correct --gateway.");
        return new Layout(split > 0 ? text[..split] : Path.GetFileNameWithoutExtension(path), new NodeCommand(path));
    }

    /// <summary>The layouts of a cluster over one database.</summary>
    public static IEnumerable<Layout> Clusters(string assembly, string postgres)
    {
        var (silo, api) = (new NodeCommand(assembly, "--role", "silo"), new NodeCommand(assembly, "--role", "api"));
        yield return new Layout("both in one", new NodeCommand(assembly, "--role", "both")) { Postgres = postgres };
        yield return new Layout("1 silo, 1 api", silo, api) { Postgres = postgres };
        yield return new Layout("2 silos, 1 api", silo, silo, api) { Postgres = postgres };
        yield return new Layout("3 silos, 1 api", silo, silo, silo, api) { Postgres = postgres };
    }

    public async Task<Nodes> Start()
    {
        var nodes = new Nodes();
        // A new cluster id each time; otherwise the nodes would look for the members of the previous run.
        var cluster = $"bench-{Path.GetRandomFileName()}";
        try
        {
            foreach (var command in Commands)
                await nodes.Add(command.Assembly, Settings(cluster, nodes.Folder), command.Arguments);
            return nodes;
        }
        catch
        {
            await nodes.DisposeAsync();
            throw;
        }
    }

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
            ["Orleans__ClusterId"] = cluster,
            ["Orleans__ServiceId"] = cluster,
            ["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1",
            ["Orleans__Endpoints__SiloPort"] = FreePort.Find().ToString(),
            ["Orleans__Endpoints__GatewayPort"] = FreePort.Find().ToString(),
        };
        // A single process uses its default storage for pictures.
        if (Postgres is not null)
            settings["TryOn__Cluster__PictureFolder"] = Path.Combine(folder, "pictures");
        foreach (var section in Postgres is null ? [] : (string[])["Clustering", "GrainStorage__records", "Reminders"])
        {
            settings[$"Orleans__{section}__ProviderType"] = "AdoNet";
            settings[$"Orleans__{section}__Invariant"] = "Npgsql";
            settings[$"Orleans__{section}__ConnectionString"] = Postgres!;
        }

        foreach (var (name, value) in Overrides)
            settings[name] = value;
        return settings;
    }
}
