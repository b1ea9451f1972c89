namespace TryOn.Core.Jobs;

/// <summary>Whom to tell that the job has ended.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Origin">What addresses in the message begin with: as the caller of this job knows the gateway.</param>
public sealed record JobWebhook(string Url, string Origin);
