using System.Collections.Immutable;

namespace TryOn.Core.Providers;

/// <summary>What an upstream says that a call has cost, in its own unit: the gateway knows no prices.</summary>
/// <param name="Unit">As <c>kling_units</c>. Amounts of different units are never added up.</param>
public sealed record ProviderCost(decimal Amount, string Unit)
{
    /// <summary>One amount a unit, in the order in which the units were first seen.</summary>
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
