using System.Collections.Immutable;
using TryOn.Core.Errors;

namespace TryOn.Core.Machines;

/// <summary>A machine's decision on a command. A rejection changes nothing.</summary>
public abstract record Decision<TEvent, TEffect>
{
    private Decision()
    {
    }

    /// <param name="Events">Facts to apply to the state and commit before anything else happens.</param>
    /// <param name="Effects">Side effects to start once the events are committed.</param>
    /// <param name="Reply">The caller's reply, sent once the events are committed.</param>
    public sealed record Accepted(ImmutableArray<TEvent> Events, ImmutableArray<TEffect> Effects, object Reply)
        : Decision<TEvent, TEffect>;

    public sealed record Rejected(Error Error) : Decision<TEvent, TEffect>;

    public static Decision<TEvent, TEffect> Reject(Error error) => new Rejected(error);

    /// <summary>Nothing changes: the reply repeats an earlier decision.</summary>
    public static Decision<TEvent, TEffect> Repeat(object reply) => new Accepted([], [], reply);

    public static Decision<TEvent, TEffect> Accept(
        object reply, ReadOnlySpan<TEvent> events, params ReadOnlySpan<TEffect> effects) =>
        new Accepted([.. events], [.. effects], reply);
}
