using System.Globalization;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

/// <summary>
/// Executes a table of commands, one per line: <c>command | reply | available reserved captured</c>, with the figures
/// after the command. A star marks a repeated reply; a refusal is given by its error's name.
/// </summary>
internal static class LedgerTable
{
    public static AccountState Play(string table)
    {
        var state = Opened;
        foreach (var line in table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var cells = line.Split('|', StringSplitOptions.TrimEntries);
            var decision = AccountMachine.Decide(state, Command(Words(cells[0])), At(state.Sequence));
            if (decision is Decision<AccountEvent, AccountEffect>.Accepted accepted)
                state = accepted.Events.Aggregate(state, AccountMachine.Evolve);
            Assert.Equal(
                $"{cells[0]} | {Row(cells[1], cells[2])}", $"{cells[0]} | {Row(Reply(decision), Figures(state))}");
        }

        return state;
    }

    private static AccountCommand Command(string[] words) => words switch
    {
        ["grant", var amount, var id] => Grant(Number(amount), id),
        ["adjust", var amount, var id] => new AccountCommand.Adjust(Number(amount), id, "by hand"),
        ["freeze"] => new AccountCommand.Freeze("asked to"),
        ["unfreeze"] => new AccountCommand.Unfreeze(),
        ["reserve", var job, var amount] => Reserve(job, Number(amount)),
        ["reserve", var job, var amount, var fingerprint] => Reserve(job, Number(amount), fingerprint),
        ["capture", var job] => Capture(job),
        ["capture", var job, var amount] => Capture(job, Number(amount)),
        ["release", var job] => Release(job),
        _ => throw new FormatException($"No such command: {string.Join(' ', words)}"),
    };

    private static string Reply(Decision<AccountEvent, AccountEffect> decision) => decision switch
    {
        Decision<AccountEvent, AccountEffect>.Rejected { Error: { Code: ErrorCode code } } => code.ToString(),
        Decision<AccountEvent, AccountEffect>.Accepted { Reply: ReservationReply reply } =>
            reply.Outcome + (reply.Repeated ? "*" : ""),
        Decision<AccountEvent, AccountEffect>.Accepted { Events.Length: 0 } => "Done*",
        _ => "Done",
    };

    private static string Figures(AccountState state) => $"{state.Available} {state.Reserved} {state.Captured}";

    private static string Row(string reply, string figures) => $"{reply} | {string.Join(' ', Words(figures))}";

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
