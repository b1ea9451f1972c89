using System.Collections.Immutable;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>The jobs of one request, a picture each; never empty.</summary>
public sealed record JobSet(ImmutableArray<JobView> Jobs)
{
    public JobView First => Jobs[0];
}
