using System.Diagnostics.CodeAnalysis;
using TryOn.Core.Egress;

namespace TryOn.Engine.Egress;

// A connect callback can only return a stream or throw; the fetcher turns this exception into a value.
[SuppressMessage("Design", "CA1032:Standard constructors", Justification = "It always has a cause.")]
internal sealed class EgressRefusedException(FetchFailure failure) : IOException($"Egress refused: {failure}.")
{
    public FetchFailure Failure { get; } = failure;
}
