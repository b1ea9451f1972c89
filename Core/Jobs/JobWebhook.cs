namespace TryOn.Core.Jobs;

/// <summary>Whom to tell that the job has ended.</summary>
/// <param name="Url">The receiver's address.</param>
/// <param name="Origin">What addresses in the message begin with: as the caller of this job knows the gateway.</param>
/// <param name="Form">Null for the gateway's own form.</param>
public sealed record JobWebhook(string Url, string Origin, WebhookForm? Form = null);

/// <summary>Whose words a message is in. Stored with jobs and deliveries: numbers and names never change meaning.</summary>
public enum WebhookForm
{
    None = 0,

    /// <summary>What FASHN's status route answers.</summary>
    Fashn = 1,
}
