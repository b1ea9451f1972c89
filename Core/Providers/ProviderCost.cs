using System.Collections.Immutable;

namespace TryOn.Core.Providers;

/// <summary>
/// The cost of a call as reported by the upstream, in the upstream's own unit: the gateway knows no prices.
/// </summary>
/// <param name="Unit">For example <c>kling_units</c>. Amounts of different units are never added up.</param>
public sealed record ProviderCost(decimal Amount, string Unit)
{
    /// <summary>
    /// Adds the cost to the amount of its unit. Units stay in the order in which they were first seen.
    /// </summary>
    public static ImmutableArray<ProviderCost> Add(ImmutableArray<ProviderCost> costs, ProviderCost cost)
    {
        for (var i = 0; i < costs.Length; i++)
        {
            if (costs[i].Unit == cost.Unit)
                return costs.SetItem(i, costs[i] with { Amount = costs[i].Amount + cost.Amount });
        }

        return costs.Add(cost);
    }
}
