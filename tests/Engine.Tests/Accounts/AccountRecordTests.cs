using System.Text.Json;
using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Machines;

namespace TryOn.Engine.Tests.Accounts;

public sealed class AccountRecordTests
{
    private const int BytesMax = 64 * 1024;

    private static readonly DateTimeOffset Start = new(2026, 11, 20, 9, 30, 15, 123, TimeSpan.Zero);

    /// <summary>
    /// The whole record is written at every change, so its largest size bounds the cost of a busy account.
    /// </summary>
    [Fact]
    public void Record_WithEverythingFull_StaysSmall()
    {
        var state = Full();

        Assert.Equal(KeyRing.CountMax, state.Keys.Count);
        Assert.Equal(OperationLog.CountMax, state.Operations.Items.Count);
        Assert.Equal(2 * StatementRules.PageSize, state.Tail.Count);
        Assert.Equal(AccountLimits.Default.Concurrency, state.Reservations.Count);
        Assert.InRange(JsonSerializer.SerializeToUtf8Bytes(state, RecordTypes.Account).Length, BytesMax / 2, BytesMax);
    }

    [Fact]
    public void Record_WithEverythingFull_IsReadBackTheSame()
    {
        var state = Full();

        var read = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(state, RecordTypes.Account), RecordTypes.Account)!;

        Assert.Equal(state.Operations.Items, read.Operations.Items);
        Assert.All(state.Keys.All, key => Assert.Equal(key, read.Keys.Find(key.Hash)));
        Assert.Equal(state.Reservations.Values.ToHashSet(), read.Reservations.Values.ToHashSet());
    }

    private static AccountState Full()
    {
        var state = Do(
            AccountMachine.Initial, new AccountCommand.Open(
                "0123456789AB", "A shop of some name", AccountMode.Live, AccountLimits.Default));
        for (var n = 0; n < OperationLog.CountMax; n++)
            state = Do(state, new AccountCommand.Grant(1_000_000, $"invoice-{n}", ""));
        for (var n = 0; n < KeyRing.CountMax; n++)
            state = Do(state, new AccountCommand.AddKey(Key(n)));
        state = state with { Tail = state.Tail.Clear(), Sequence = 2_000_000 };
        for (var n = 0; state.Tail.Count < (2 * StatementRules.PageSize) - AccountLimits.Default.Concurrency; n++)
            state = n % 2 == 0 ? Do(state, Buy(n)) : Do(state, new AccountCommand.Capture(Buy(n - 1).JobId));
        for (var n = 100; state.Reservations.Count < AccountLimits.Default.Concurrency; n++)
            state = Do(state, Buy(n));
        return state;
    }

    private static AccountKey Key(int n) => new(Hash(n), "tryon_live_…Abcd", $"storefront, region {n}", Start)
    {
        Scopes = Scopes.Default, Limit = 100_000, Reset = LimitReset.Monthly, ExpiresAt = Start.AddDays(365),
        UsedAt = Start,
        Spend = KeySpend.None.Add(KeySpend.DayOf(Start), 12_345),
    };

    private static string Hash(int n) => $"{n:x16}{new string('f', 48)}";

    private static AccountCommand.Reserve Buy(int n) => new(
        $"job_{n:d22}", 1, new string('e', 64),
        new Purchase(
            AccountKey.IdOf(Hash(n % KeyRing.CountMax)), "google/gemini-2.5-flash-image",
            "8f14e45f-ceea-467f-a8d5-5a7ab2b9e2c1"));

    private static AccountState Do(AccountState state, AccountCommand command) =>
        Assert.IsType<Decision<AccountEvent, AccountEffect>.Accepted>(AccountMachine.Decide(state, command, Start))
            .Events.Aggregate(state, AccountMachine.Evolve);
}
