using System.Text.Json.Serialization;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <param name="ModelName"><c>tryon-v1.6</c> or its like for the configured model, or a model's slug.</param>
public sealed record FashnRun(string? ModelName, ClothesInputs? Inputs)
{
    [JsonIgnore]
    public bool TryOn => ModelName?.StartsWith("tryon-", StringComparison.Ordinal) == true;
}

public sealed record FashnBegun(string Id, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JobFailure? Error);

/// <param name="Status">in_queue | processing | completed | failed | canceled.</param>
/// <param name="Output">Addresses of the pictures, or data URLs where the run asked for base64; null until it has completed.</param>
public sealed record FashnStatus(
    string Id,
    string Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] IReadOnlyList<string>? Output,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JobFailure? Error)
{
    public static FashnStatus Of(JobView job, IReadOnlyList<string>? output) => new(
        job.Id, Word(job), output, job.Status == JobStatus.Failed ? JobFailure.Of(job.Error) : null);

    /// <summary>Its clients take every word but the first two for an end. A job between two attempts is not queued anew.</summary>
    private static string Word(JobView job) => job switch
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
    public static FashnCredits Of(AccountView account) =>
        new(new FashnBalance(account.Available, Subscription: 0, account.Available));
}

/// <summary>FASHN: <c>total = subscription + on_demand</c>, another sum than TryItOn's of the same name.</summary>
public sealed record FashnBalance(long Total, long Subscription, long OnDemand);
