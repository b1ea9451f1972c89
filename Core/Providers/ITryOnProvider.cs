using System.Collections.Immutable;
using TryOn.Core.Egress;
using TryOn.Core.Images;

namespace TryOn.Core.Providers;

/// <summary>
/// One upstream. An adapter speaks its wire protocol and classes its failures, and decides nothing else: no retry, no
/// money, no state. Every call ends within its own configured timeout, and failures are replies, not exceptions.
/// </summary>
public interface ITryOnProvider
{
    /// <summary>As the catalog names it: <c>kling</c>, <c>gemini</c>.</summary>
    string Name { get; }

    /// <summary>Jobs this upstream account runs at once; further ones wait in order.</summary>
    int ConcurrencyMax { get; }

    /// <summary>The longest that a submit takes, answered or not.</summary>
    TimeSpan SubmitMax { get; }

    /// <summary>Addresses its results may be fetched from besides public ones: the operator's own base address.</summary>
    EgressAllowList Downloads { get; }

    /// <summary>Its own id of what answers for a model of the catalog, as configured now; null where it does not tell.</summary>
    string? ModelId(string model) => null;

    /// <summary>The paid call. Called once an attempt, after the intent to do so has been committed.</summary>
    Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation);

    /// <summary>How an accepted task stands.</summary>
    Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation);

    /// <summary>
    /// Asks to stop an accepted task. True once the upstream has said that it does; false where it cannot, or where it is
    /// too late or nobody knows.
    /// </summary>
    Task<bool> Cancel(string upstreamId, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>
    /// Finds a submit whose answer was lost: the task, <see cref="ProviderReply.Absent"/>, or
    /// <see cref="ProviderReply.CannotTell"/>.
    /// </summary>
    /// <param name="model">As in the call that was lost: an upstream may keep its models apart.</param>
    Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation);
}

/// <param name="AttemptId">Ours, unique, and the same when an attempt that never arrived is sent again.</param>
/// <param name="Prompt">The caller's words; null for the adapter's own.</param>
/// <param name="Mask">Where the first person's picture may change; null for everywhere.</param>
public sealed record ProviderCall(
    string AttemptId,
    string Model,
    ImmutableArray<InputPicture> Persons,
    ImmutableArray<InputPicture> Garments,
    string? Prompt,
    bool FastMode,
    InputPicture? Mask = null);

public sealed record InputPicture(byte[] Content, ImageFormat Format);
