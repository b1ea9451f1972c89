using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Tests.Accounts;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using AccountScenario = TryOn.Core.Tests.Machines.Scenario<
    TryOn.Core.Accounts.AccountMachine, TryOn.Core.Accounts.AccountState, TryOn.Core.Accounts.AccountCommand,
    TryOn.Core.Accounts.AccountEvent, TryOn.Core.Accounts.AccountEffect>;

namespace TryOn.Core.Tests.Keys;

/// <summary>Short factories for keys and their commands. A key is named by one letter.</summary>
internal static class KeyFixture
{
    public static AccountKey Key(char letter, long? limit = null, LimitReset reset = LimitReset.None) =>
        new(Hash(letter), $"tryon_live_…{letter}", $"key {letter}", At(0)) { Limit = limit, Reset = reset };

    public static string Hash(char letter) => new(letter, 64);

    public static AccountCommand Add(AccountKey key, KeyScopes by = Scopes.All) => new AccountCommand.AddKey(key, by);

    public static AccountCommand Update(char letter, KeyPatch patch, KeyScopes by = Scopes.All) =>
        new AccountCommand.UpdateKey(Hash(letter), patch, by);

    public static AccountCommand Rotate(char letter, char next, double graceSeconds, KeyScopes by = Scopes.All) =>
        new AccountCommand.RotateKey(Hash(letter), Key(next), TimeSpan.FromSeconds(graceSeconds), by);

    public static AccountCommand Remove(char letter) => new AccountCommand.RemoveKey(Hash(letter));

    public static AccountCommand.Reserve Buy(char letter, string jobId, long amount = 1) =>
        new(jobId, amount, "print", new Purchase(AccountKey.IdOf(Hash(letter)), "maker/model"));

    /// <summary>An account with enough credits and these keys.</summary>
    public static AccountScenario With(params ReadOnlySpan<AccountKey> keys)
    {
        var scenario = Given(Rich);
        foreach (var key in keys)
            scenario.When(Add(key), At(0));
        return scenario;
    }

    public static AccountKey Find(this AccountScenario scenario, char letter) =>
        scenario.State.Keys.Find(Hash(letter))!;

    public static bool Admits(
        this AccountScenario scenario, char letter, double second, KeyScopes needed = KeyScopes.None) =>
        KeyAdmission.Admit(scenario.State.Keys, Hash(letter), needed, At(second)).Ok;
}
