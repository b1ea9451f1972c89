using System.Collections.Immutable;
using TryOn.Core.Egress;
using TryOn.Core.Images;

namespace TryOn.Core.Providers;

/// <summary>
/// The adapter of one upstream. It implements the wire protocol and classifies failures, and does nothing else: no
/// retries, no settlement, no state. Every call ends within its own configured timeout, and failures are replies, not
/// exceptions.
/// </summary>
public interface ITryOnProvider
{
    /// <summary>The provider's name in the catalog: <c>kling</c>, <c>gemini</c>.</summary>
    string Name { get; }

    /// <summary>Jobs that this upstream account runs concurrently; further ones wait in a queue.</summary>
    int ConcurrencyMax { get; }

    /// <summary>The longest time a submit takes, answered or not.</summary>
    TimeSpan SubmitMax { get; }

    /// <summary>
    /// Addresses besides public ones that its results may be fetched from: the operator's own base address.
    /// </summary>
    EgressAllowList Downloads { get; }

    /// <summary>
    /// The provider's configured id for a model of the catalog; null if the adapter does not report it.
    /// </summary>
    string? ModelId(string model) => null;

    /// <summary>Makes the paid call. Called once per send of an attempt, after the intent has been committed.</summary>
    Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation);

    /// <summary>Returns the state of an accepted task.</summary>
    Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation);

    /// <summary>
    /// Asks the upstream to stop an accepted task. True once the upstream has confirmed it; false if it cannot, if it
    /// is too late, or if that is unknown.
    /// </summary>
    Task<bool> Cancel(string upstreamId, CancellationToken cancellation) => Task.FromResult(false);

    /// <summary>
    /// Looks up a submit whose answer was lost: returns the task, <see cref="ProviderReply.Absent"/>, or
    /// <see cref="ProviderReply.CannotTell"/>.
    /// </summary>
    /// <param name="model">The model of the lost call: an upstream may keep tasks separately per model.</param>
    Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation);
}

/// <param name="AttemptId">The gateway's unique id of the attempt; the same when an attempt that never arrived is sent
/// again.</param>
/// <param name="Prompt">The caller's prompt; null for the adapter's own.</param>
/// <param name="Mask">The area of the first person's picture that may change; null for all of it.</param>
public sealed record ProviderCall(
    string AttemptId,
    string Model,
    ImmutableArray<InputPicture> Persons,
    ImmutableArray<InputPicture> Garments,
    string? Prompt,
    bool FastMode,
    InputPicture? Mask = null);

public sealed record InputPicture(byte[] Content, ImageFormat Format);
