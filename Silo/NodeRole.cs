namespace TryOn.Silo;

/// <summary>The role of a process: <c>--role silo | api | both</c>.</summary>
public enum NodeRole
{
    None = 0,

    /// <summary>Hosts accounts and jobs. Holds the provider keys. Answers only health checks over HTTP.</summary>
    Silo = 1,

    /// <summary>Answers HTTP as a client of the cluster. Holds no provider key and no state.</summary>
    Api = 2,

    /// <summary>Both in one process. Without clustering it is the whole gateway.</summary>
    Both = 3,
}
