using System.Globalization;
using System.Security.Cryptography;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.Processes;

/// <summary>The settings of the nodes of one cluster, as environment variables.</summary>
internal sealed class NodeSettings(IBackend backend, string pictures, Uri sandbox)
{
    private readonly string _secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>The settings of a silo, which include the provider keys.</summary>
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

    private Dictionary<string, string> Cluster() => new(backend.Settings)
    {
        ["Logging__LogLevel__Default"] = "Warning",
        ["Logging__LogLevel__Orleans.Runtime.MembershipService"] = "Information",
        ["Orleans__ClusterId"] = "crash",
        ["Orleans__ServiceId"] = "crash",
        ["TryOn__Cluster__Secret"] = _secret,
        ["TryOn__Cluster__PictureFolder"] = pictures,
    };
}
