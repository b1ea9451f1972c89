using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace TryOn.Grains;

/// <summary>Which silos live, by the names that attempts are signed with.</summary>
internal static class SiloMembership
{
    public static string Local(IServiceProvider services) =>
        services.GetRequiredService<ILocalSiloDetails>().SiloAddress.ToParsableString();

    /// <summary>Whether calls of that silo may still be under way.</summary>
    public static bool Lives(IServiceProvider services, string node) =>
        services.GetRequiredService<IClusterMembershipService>().CurrentSnapshot
            .GetSiloStatus(SiloAddress.FromParsableString(node)) is not (SiloStatus.Dead or SiloStatus.None);
}
