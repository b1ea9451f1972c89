using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using AccountScenario = TryOn.Core.Tests.Machines.Scenario<
    TryOn.Core.Accounts.AccountMachine, TryOn.Core.Accounts.AccountState, TryOn.Core.Accounts.AccountCommand,
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Tests.Accounts;

/// <summary>An account opened at second 0, and short factories for its commands.</summary>
internal static class AccountFixture
{
    public static readonly AccountLimits Allowed = new(
        RequestsPerMinute: 20, StatusRequestsPerMinute: 300, Concurrency: 3);

    public static readonly AccountCommand Open = new AccountCommand.Open("a1", "Ann", AccountMode.Live, Allowed);

    public static readonly AccountState Opened = AccountMachine.Evolve(
        new AccountState(), new AccountEvent.Opened("a1", "Ann", AccountMode.Live, Allowed, At(0)));

    public static AccountState Rich => Given(Opened).When(Grant(1000), At(0)).State;

    public static DateTimeOffset At(double second) =>
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(second);

    public static AccountScenario Given(AccountState state) => new(state);

    public static AccountCommand Grant(long amount, string operationId = "g") =>
        new AccountCommand.Grant(amount, operationId, "paid");

    public static AccountCommand Reserve(string jobId, long amount = 1, string fingerprint = "print") =>
        new AccountCommand.Reserve(jobId, amount, fingerprint);

    public static AccountCommand Capture(string jobId, long? amount = null, string? model = null) =>
        new AccountCommand.Capture(jobId, amount, model);

    public static AccountCommand Release(string jobId) => new AccountCommand.Release(jobId, "no picture");

    public static AccountState Reserved(params ReadOnlySpan<string> jobIds)
    {
        var scenario = Given(Rich);
        foreach (var jobId in jobIds)
            scenario.When(Reserve(jobId), At(0));
        return scenario.State;
    }

    /// <summary>An account whose tail has so many entries: a grant, then reservations and captures in turn.</summary>
    public static AccountState WithTail(int entries)
    {
        var scenario = Given(Rich);
        for (var n = 0; scenario.State.Tail.Count < entries; n++)
            scenario.When(n % 2 == 0 ? Reserve($"t{n}") : Capture($"t{n - 1}"), At(0));
        return scenario.State;
    }
}
