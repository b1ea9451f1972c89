using System.Text.Json.Serialization;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <param name="ModelName">A name that begins with <c>tryon-</c>, such as <c>tryon-v1.6</c>, for the configured model;
/// or a model's slug.</param>
public sealed record FashnRun(string? ModelName, ClothesInputs? Inputs)
{
    [JsonIgnore]
    public bool TryOn => ModelName?.StartsWith("tryon-", StringComparison.Ordinal) == true;
}

public sealed record FashnBegun(
    string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JobFailure? Error);

/// <param name="Status">in_queue | processing | completed | failed | canceled.</param>
/// <param name="Output">Addresses of the pictures, or data URLs where the run asked for base64; null until the run has
/// completed.</param>
public sealed record FashnStatus(
    string Id,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyList<string>? Output,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JobFailure? Error)
{
    public static FashnStatus FromJob(JobView job, IReadOnlyList<string>? output) => new(
        job.Id, StatusName(job), output, job.Status == JobStatus.Failed ? JobFailure.FromError(job.Error) : null);

    /// <summary>
    /// FASHN's clients treat every status except <c>in_queue</c> and <c>processing</c> as final. A job between two
    /// attempts stays <c>processing</c>.
    /// </summary>
    private static string StatusName(JobView job) => job switch
    {
        { Ended: false, StartedAt: null } => "in_queue",
        { Ended: false } => "processing",
        { Status: JobStatus.Succeeded } => "completed",
        { Status: JobStatus.Failed } => "failed",
        _ => "canceled",
    };
}

public sealed record FashnCredits(FashnBalance Credits)
{
    public static FashnCredits FromAccount(AccountView account) =>
        new(new FashnBalance(account.Available, Subscription: 0, account.Available));
}

/// <summary>
/// FASHN's balance: <c>total = subscription + on_demand</c>. TryItOn computes its <c>on_demand</c> differently.
/// </summary>
public sealed record FashnBalance(long Total, long Subscription, long OnDemand);
