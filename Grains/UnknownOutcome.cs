using System.Data.Common;
using Orleans.Runtime;
using TryOn.Core.Errors;

namespace TryOn.Grains;

/// <summary>
/// A call whose silo died, whose answer did not come or whose record could not be read tells its caller the one thing
/// that is known: nothing is, and asking again under the same id is safe. So callers need not know Orleans.
/// </summary>
public sealed class UnknownOutcome : IOutgoingGrainCallFilter
{
    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        try
        {
            await context.Invoke();
        }
        catch (Exception failure) when (OfNobody(failure) && Ours(context))
        {
            throw new CommitFailedException(failure);
        }
    }

    /// <summary>
    /// The failure of a machine or of a line, and not of our code. No call of ours can be canceled by its caller: Orleans
    /// cancels one that has waited too long for the place of a silo that died.
    /// </summary>
    private static bool OfNobody(Exception failure) =>
        failure is OrleansException or TimeoutException or OperationCanceledException or DbException or IOException;

    private static bool Ours(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod?.DeclaringType?.Namespace?.StartsWith("TryOn.", StringComparison.Ordinal) == true;
}
