using TryOn.Api.Admin;
using TryOn.Core.Accounts;

namespace TryOn.Api.Tests.Admin;

public sealed class StatementTallyTests
{
    private readonly List<string> _findings = [];
    private long _sequence;

    [Fact]
    public void Repeat_AfterTheEnd_ReservedAndReleased_IsNoFinding()
    {
        var tally = Read(
            (EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 1, 4, 1), (EntryKind.Capture, 1, 4, 0),
            (EntryKind.Reserve, 1, 3, 1), (EntryKind.Release, 1, 4, 0));

        Assert.Empty(_findings);
        Assert.Equal(EntryKind.Capture, tally.Resolutions["job"]);
    }

    [Fact]
    public void Job_CapturedTwice_IsAFinding()
    {
        Read(
            (EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 1, 4, 1), (EntryKind.Capture, 1, 4, 0),
            (EntryKind.Reserve, 1, 3, 1), (EntryKind.Capture, 1, 3, 0));

        Assert.Contains("captured twice", Assert.Single(_findings), StringComparison.Ordinal);
    }

    [Fact]
    public void Entry_ThatDoesNotAddUp_IsAFinding()
    {
        Read((EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 1, 5, 1));

        Assert.Contains("says 5 are available", Assert.Single(_findings), StringComparison.Ordinal);
    }

    private StatementTally Read(params (EntryKind Kind, long Amount, long Available, long Reserved)[] entries)
    {
        var tally = new StatementTally("account", _findings);
        foreach (var (kind, amount, available, reserved) in entries)
            tally.Add(new StatementEntry(++_sequence, default, kind, amount, available, reserved, "operation", "job"));
        return tally;
    }
}
