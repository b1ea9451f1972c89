
namespace TryOn.Silo.Tests.Processes;

/// <summary>A test that needs Orleans' Azure providers in this build, and Azurite on this machine.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AzureFactAttribute : FactAttribute
{
    /// <summary>Azurite's package asks for 22, but 20 is known to work.</summary>
    private const int NodeMin = 20;

    private const string Providers = "Orleans.Clustering.AzureStorage.dll";

    public AzureFactAttribute()
    {
        if (!File.Exists(Path.Combine(AppContext.BaseDirectory, Providers)))
            Skip = "this was built without Orleans' Azure providers (AzureStorage=false)";
        else if (new NodeFactAttribute(NodeMin).Skip is { } reason)
            Skip = reason;
        else if (!File.Exists(AzuriteServer.Program))
            Skip = "Azurite is not installed: npm ci --ignore-scripts in tests/Silo.Tests/azurite";
    }
}
