using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Core.Jobs;

/// <summary>A job as its owner may see it: every surface's own form is derived from this one.</summary>
/// <param name="Model">Who is at work or has answered; who was asked for where nobody has.</param>
/// <param name="Credits">The price of that model while it runs or once it has succeeded; 0 when it failed or was canceled.</param>
/// <param name="NeverStarted">True for a tombstone: the request was lost before it began, and may be sent again.</param>
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
    /// <summary>All jobs of its request, the one that stands for them first; empty where it is alone.</summary>
    public ImmutableArray<string> Group { get; init; } = [];

    /// <summary>Hash of the request's bytes; null where it was a form, or has none.</summary>
    public string? Sent { get; init; }

    /// <summary>For the operator only, as are the costs.</summary>
    public Submits Submits { get; init; } = Submits.None;

    public ImmutableArray<ProviderCost> Costs { get; init; } = [];

    /// <summary>What watchers are told; null for a job from before there were steps.</summary>
    public JobStep? Steps { get; init; }

    /// <summary>Whether the caller took the answer as a stream; null where that was not noted.</summary>
    public bool? Streamed { get; init; }

    /// <summary>True for a job that was to be canceled when an attempt was under way: it may still end with a picture.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>True where FASHN's answers hold the pictures themselves.</summary>
    public bool ReturnBase64 { get; init; }

    public bool Ended => Status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
}

/// <summary>What a reservation should come to. <see cref="Core.Jobs.Settlement.None"/>: the job still runs.</summary>
/// <param name="Credits">What to capture, where it is less than all that was reserved; null for all.</param>
/// <param name="Model">The model that answered, where it is not the one that was asked for.</param>
public sealed record Verdict(Settlement Settlement, long? Credits = null, string? Model = null);
