using System.Globalization;
using TryOn.Core.Providers;

namespace TryOn.Providers.Wire;

/// <summary>Reads the cost of a call from a header of its answer.</summary>
public static class CostHeader
{
    /// <summary>Null if the header is missing or not a number.</summary>
    public static ProviderCost? Read(UpstreamAnswer.Answered answer, string header, string unit) =>
        answer.Headers.GetValueOrDefault(header) is { Length: <= 24 } text
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? new ProviderCost(amount, unit)
            : null;
}
