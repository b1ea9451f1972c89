namespace TryOn.Core.Jobs;

/// <summary>The webhook to call when the job has ended.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Origin">The base address of links in the message: the gateway's address as the job's caller used
/// it.</param>
/// <param name="Form">The surface in whose form the message is written; null for the gateway's own.</param>
public sealed record JobWebhook(string Url, string Origin, string? Form = null);
