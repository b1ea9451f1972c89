namespace TryOn.Silo;

/// <summary>Settings that all nodes of a cluster share. Section <c>TryOn:Cluster</c>.</summary>
public sealed class ClusterNodeOptions
{
    /// <summary>
    /// The installation's master secret, base64 of at least 32 bytes, the same on every node. Default: none; a single
    /// process then generates one and stores it in its data directory.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>
    /// A folder for pictures that every node can access. Default: empty, which is <c>pictures</c> in the data
    /// directory.
    /// </summary>
    public string PictureFolder { get; set; } = "";
}
