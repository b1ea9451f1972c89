using System.Globalization;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>What a call has cost, where the upstream says so in a header of its answer.</summary>
public static class CostHeader
{
    /// <summary>Null where it is missing, or is no amount.</summary>
    public static ProviderCost? Of(UpstreamAnswer.Answered answer, string header, string unit) =>
        answer.Headers.GetValueOrDefault(header) is { Length: <= 24 } text
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? new ProviderCost(amount, unit)
            : null;
}
