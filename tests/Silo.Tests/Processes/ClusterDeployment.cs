using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.Processes;

/// <summary>Three silos, two front ends and their storage on loopback. Requests go to the front ends in turn.</summary>
internal sealed class ClusterDeployment : IDeployment
{
    private const int SiloCount = 3;
    private const int ApiCount = 2;

    private readonly IBackend _backend;
    private readonly List<DateTimeOffset> _disruptions = [];
    private int _turn;

    /// <param name="backend">Disposed together with the cluster.</param>
    public ClusterDeployment(string folder, Uri sandbox, IBackend backend)
    {
        PictureFolder = Directory.CreateDirectory(Path.Combine(folder, "pictures")).FullName;
        _backend = backend;
        var settings = new NodeSettings(backend, PictureFolder, sandbox);
        Silos = [.. Enumerable.Range(1, SiloCount)
            .Select(n => new NodeProcess($"silo-{n}", "silo", folder, settings.Silo()))];
        Apis = [.. Enumerable.Range(1, ApiCount)
            .Select(n => new NodeProcess($"api-{n}", "api", folder, settings.Api()))];
    }

    public IReadOnlyList<NodeProcess> Silos { get; }

    public IReadOnlyList<NodeProcess> Apis { get; }

    public Uri Address => Apis[(int)((uint)Interlocked.Increment(ref _turn) % ApiCount)].Address;

    public string PictureFolder { get; }

    public string? Database => null;

    public IReadOnlyList<DateTimeOffset> Disruptions
    {
        get
        {
            lock (_disruptions)
                return [.. _disruptions];
        }
    }

    public string Output => string.Join('\n', Nodes.Select(node => node.Output));

    public bool Died => Nodes.Any(node => node.Died);

    private IEnumerable<NodeProcess> Nodes => Silos.Concat(Apis);

    /// <summary>Records that an upstream's answer may be lost now.</summary>
    public void NoteDisruption()
    {
        lock (_disruptions)
            _disruptions.Add(TimeProvider.System.GetUtcNow());
    }

    public void Dispose()
    {
        foreach (var node in Nodes)
            node.Dispose();
        _backend.Dispose();
    }
}
