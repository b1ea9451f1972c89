using TryOn.Core.Jobs;

namespace TryOn.Core.Webhooks;

/// <param name="Url">The receiver's address.</param>
/// <param name="Origin">The base address of links in the message.</param>
/// <param name="Form">The surface in whose form the message is written; null for the gateway's own.</param>
public sealed record DeliverySpec(string AccountId, string Url, string Origin, string? Form = null);
