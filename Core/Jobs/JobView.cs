using System.Collections.Immutable;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>A job as shown to its owner; every API's own form is derived from this view.</summary>
/// <param name="Model">The model that is working or has answered; the requested one if none answered.</param>
/// <param name="Credits">The price of that model while the job runs or once it has succeeded; 0 if it failed or was
/// canceled.</param>
/// <param name="NeverStarted">True for a tombstone: the request was lost before the job started, and may be sent
/// again.</param>
public sealed record JobView(
    string Id,
    string AccountId,
    AccountMode Mode,
    string Model,
    JobStatus Status,
    long Version,
    long Credits,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    ImmutableArray<Output> Outputs,
    Error? Error,
    string Fingerprint,
    bool NeverStarted)
{
    /// <summary>
    /// All jobs of its request, starting with the one that represents it; empty if there is only one.
    /// </summary>
    public ImmutableArray<string> Group { get; init; } = [];

    /// <summary>Hash of the request's bytes; null for a form.</summary>
    public string? Sent { get; init; }

    /// <summary>How often the paid call was made. For the operator only, as are the costs.</summary>
    public Submits Submits { get; init; } = Submits.None;

    public ImmutableArray<ProviderCost> Costs { get; init; } = [];

    /// <summary>The status changes that watchers receive; null for a job from before steps were recorded.</summary>
    public JobStep? Steps { get; init; }

    /// <summary>Whether the caller requested a streamed answer; null if that was not recorded.</summary>
    public bool? Streamed { get; init; }

    /// <summary>True if the job was canceled while an attempt was running: it may still end with a picture.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>True where answers about this job hold the pictures themselves instead of addresses.</summary>
    public bool InlinePictures { get; init; }

    public bool Ended => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}
