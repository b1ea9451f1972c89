using TryOn.Core.Errors;
using AccountDecision = TryOn.Core.Machines.Decision<
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Accounts;

/// <summary>
/// Grants and adjustments made by an operator, each under its own operation id. Part of <see cref="AccountMachine"/>.
/// </summary>
public static class CreditRules
{
    public static AccountDecision Grant(AccountState state, AccountCommand.Grant grant, DateTimeOffset now)
    {
        if (FindRepeat(state, grant.OperationId, EntryKind.Grant, grant.Amount) is { } known)
            return known;
        if (grant.Amount <= 0 || grant.Amount > long.MaxValue - state.Granted)
            return Invalid("A grant is a whole number of credits above zero.");
        return StatementRules.Accept(
            state, new AccountEvent.Granted(grant.Amount, grant.OperationId, grant.Reason, now), AccountMachine.View);
    }

    /// <summary>Removes available credits only: reserved credits belong to jobs that are already running.</summary>
    public static AccountDecision Adjust(AccountState state, AccountCommand.Adjust adjust, DateTimeOffset now)
    {
        if (FindRepeat(state, adjust.OperationId, EntryKind.Adjust, adjust.Amount) is { } known)
            return known;
        if (adjust.Amount == 0 || (adjust.Amount > 0 && adjust.Amount > long.MaxValue - state.Granted))
            return Invalid("An adjustment is a whole number of credits, above zero or below.");
        if (adjust.Amount < 0 && adjust.Amount < -state.Available)
        {
            return AccountDecision.Reject(new Error(
                ErrorCode.OutOfCredits, $"Only {state.Available} credits are available to be taken.", "amount",
                LimitSource: "balance"));
        }

        return StatementRules.Accept(
            state, new AccountEvent.Adjusted(adjust.Amount, adjust.OperationId, adjust.Reason, now),
            AccountMachine.View);
    }

    /// <summary>Adds the credits and the operation to the state, but not the statement entry.</summary>
    public static AccountState Apply(
        AccountState state, EntryKind kind, long amount, string operationId, DateTimeOffset at)
    {
        var operations = state.Grants.Aggregate(
            state.Operations, (log, old) => log.Add(old.Key, EntryKind.Grant, old.Value, at));
        return state with
        {
            Granted = state.Granted + amount,
            Operations = operations.Add(operationId, kind, amount, at),
            Grants = state.Grants.Clear(),
        };
    }

    private static AccountDecision? FindRepeat(AccountState state, string operationId, EntryKind kind, long amount)
    {
        var same = state.Grants.TryGetValue(operationId, out var granted)
            ? kind == EntryKind.Grant && granted == amount
            : state.Operations.Repeats(operationId, kind, amount);
        return same switch
        {
            null => null,
            true => AccountDecision.Repeat(AccountMachine.View(state)),
            _ => AccountDecision.Reject(new Error(
                ErrorCode.IdempotencyConflict, "This operation id stood for another amount before.", "operation_id")),
        };
    }

    private static AccountDecision Invalid(string message) =>
        AccountDecision.Reject(new Error(ErrorCode.InvalidRequest, message, "amount"));
}
