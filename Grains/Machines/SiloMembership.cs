using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace TryOn.Grains.Machines;

/// <summary>Tells which silos are alive, by the names that attempts record.</summary>
internal static class SiloMembership
{
    public static string LocalNode(IServiceProvider services) =>
        services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString();

    /// <summary>True if calls made by that silo may still be running.</summary>
    public static bool IsAlive(IServiceProvider services, string node) =>
        services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot
            .GetSiloStatus(SiloAddress.FromParsableString(node)) is not (SiloStatus.Dead or SiloStatus.None);
}
