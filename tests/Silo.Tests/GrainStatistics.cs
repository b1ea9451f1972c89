using Orleans.Runtime;

namespace TryOn.Silo.Tests;

internal static class GrainStatistics
{
    /// <summary>How many grains of a class are in memory, over all silos.</summary>
    public static async Task<int> CountActivations(this IManagementGrain management, Type grain)
    {
        var kinds = await management.GetSimpleGrainStatistics();
        return kinds.Where(kind => kind.GrainType.Contains(grain.Name, StringComparison.Ordinal))
            .Sum(kind => kind.ActivationCount);
    }
}
