namespace TryOn.Silo.Tests.Processes;

/// <summary>A test that needs PostgreSQL's programs on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ClusterFactAttribute : FactAttribute
{
    public ClusterFactAttribute()
    {
        if (PostgresServer.Binaries is null)
            Skip = "PostgreSQL's server is not installed here (Debian: apt-get install postgresql).";
    }
}

/// <summary>Tests that run alone, because they start many processes.</summary>
[CollectionDefinition("real processes", DisableParallelization = true)]
public sealed class RealProcesses;
