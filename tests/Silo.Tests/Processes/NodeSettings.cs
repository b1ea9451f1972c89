using System.Globalization;
using System.Security.Cryptography;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.Processes;

/// <summary>What the nodes of one cluster are configured with, in its environment form.</summary>
internal sealed class NodeSettings(string connection, string pictures, Uri sandbox)
{
    private readonly string _secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>A silo holds the provider keys.</summary>
    public Dictionary<string, string> Silo() => new(SandboxProcess.Settings(sandbox).Concat(Cluster()))
    {
        ["Orleans__Endpoints__AdvertisedIPAddress"] = "127.0.0.1",
        ["Orleans__Endpoints__SiloPort"] = FreePort.Find().ToString(CultureInfo.InvariantCulture),
        ["Orleans__Endpoints__GatewayPort"] = FreePort.Find().ToString(CultureInfo.InvariantCulture),
    };

    public Dictionary<string, string> Api() => new(Cluster())
    {
        ["TryOn__Admin__Token"] = GatewayProcess.AdminToken,
    };

    private Dictionary<string, string> Cluster() => new()
    {
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Orleans.Runtime.MembershipService"] = "Information",
        ["ConnectionStrings__tryon"] = connection,
        ["Orleans__ClusterId"] = "crash",
        ["Orleans__ServiceId"] = "crash",
        ["Orleans__Clustering__ProviderType"] = "AdoNet",
        ["Orleans__Clustering__Invariant"] = "Npgsql",
        ["Orleans__Clustering__ConnectionName"] = "tryon",
        ["Orleans__GrainStorage__records__ProviderType"] = "AdoNet",
        ["Orleans__GrainStorage__records__Invariant"] = "Npgsql",
        ["Orleans__GrainStorage__records__ConnectionName"] = "tryon",
        ["Orleans__Reminders__ProviderType"] = "AdoNet",
        ["Orleans__Reminders__Invariant"] = "Npgsql",
        ["Orleans__Reminders__ConnectionName"] = "tryon",
        ["TryOn__Cluster__Secret"] = _secret,
        ["TryOn__Cluster__PictureFolder"] = pictures,
    };
}
