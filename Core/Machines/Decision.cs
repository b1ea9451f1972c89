using System.Collections.Immutable;
using TryOn.Core.Errors;

namespace TryOn.Core.Machines;

/// <summary>What a machine makes of a command. A rejection changes nothing and costs nothing.</summary>
public abstract record Decision<TEvent, TEffect>
{
    private Decision()
    {
    }

    /// <param name="Events">Facts, to be folded into the state and committed before anything else happens.</param>
    /// <param name="Effects">What to ask of the world once the commit holds.</param>
    /// <param name="Reply">What the caller gets, once the commit holds.</param>
    public sealed record Accepted(ImmutableArray<TEvent> Events, ImmutableArray<TEffect> Effects, object Reply)
        : Decision<TEvent, TEffect>;

    public sealed record Rejected(Error Error) : Decision<TEvent, TEffect>;

    public static Decision<TEvent, TEffect> Reject(Error error) => new Rejected(error);

    /// <summary>Nothing new: the reply repeats what has been decided before.</summary>
    public static Decision<TEvent, TEffect> Repeat(object reply) => new Accepted([], [], reply);

    public static Decision<TEvent, TEffect> Accept(
        object reply, ReadOnlySpan<TEvent> events, params ReadOnlySpan<TEffect> effects) =>
        new Accepted([.. events], [.. effects], reply);
}
