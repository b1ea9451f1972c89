using System.Data.Common;
using Orleans.Runtime;
using TryOn.Core.Errors;

namespace TryOn.Grains;

/// <summary>
/// Turns failures of the infrastructure (a silo died, no answer came, a record could not be read) into
/// <see cref="CommitFailedException"/>: the outcome is unknown, and repeating the call under the same id is safe.
/// Callers need not know Orleans' exceptions.
/// </summary>
public sealed class InfrastructureFailureFilter : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (IsInfrastructureFailure(failure) && IsOwnCall(context))
        {
            throw new CommitFailedException(failure);
        }
    }

    /// <summary>
    /// True for failures of a host, the network or a database, not of the gateway's code. No caller can cancel these
    /// calls: Orleans cancels one that waited too long for a dead silo to be replaced.
    /// </summary>
    private static bool IsInfrastructureFailure(Exception failure) =>
        failure is OrleansException or TimeoutException or OperationCanceledException or DbException or IOException;

    private static bool IsOwnCall(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod?.DeclaringType?.Namespace?.StartsWith("TryOn.", StringComparison.Ordinal) == true;
}
