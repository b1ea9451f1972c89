namespace TryOn.Core.Jobs;

/// <summary>
/// How a reservation should be resolved. <see cref="Core.Jobs.Settlement.None"/>: the job is still running.
/// </summary>
/// <param name="Credits">Credits to capture; null for the whole reservation.</param>
/// <param name="Model">The model that answered, if it is not the requested one.</param>
public sealed record SettlementDue(Settlement Settlement, long? Credits = null, string? Model = null);
