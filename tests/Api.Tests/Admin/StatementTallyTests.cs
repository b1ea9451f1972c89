using TryOn.Api.Admin;
using TryOn.Core.Accounts;

namespace TryOn.Api.Tests.Admin;

public sealed class StatementTallyTests
{
    private readonly AuditFindings _findings = new();
    private StatementTally? _tally;
    private long _sequence;

    [Fact]
    public void Repeat_ReservedAndReleasedAfterTheEnd_IsNoFinding()
    {
        var toCheck = Read(
            (EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 1, 4, 1), (EntryKind.Capture, 1, 4, 0),
            (EntryKind.Reserve, 1, 3, 1), (EntryKind.Release, 1, 4, 0));

        Assert.Empty(_findings.Kept);
        Assert.Equal([EntryKind.Capture], toCheck);
    }

    [Fact]
    public void Job_CapturedTwice_IsAFinding()
    {
        Read(
            (EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 1, 4, 1), (EntryKind.Capture, 1, 4, 0),
            (EntryKind.Reserve, 1, 3, 1), (EntryKind.Capture, 1, 3, 0));

        Assert.Equal([AuditCode.CapturedTwice], Codes());
    }

    [Fact]
    public void Capture_OfAPartAfterItsRestIsReleased_IsNoFinding()
    {
        var toCheck = Read(
            (EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 4, 1, 4), (EntryKind.Release, 3, 4, 1),
            (EntryKind.Capture, 1, 4, 0));

        Assert.Empty(_findings.Kept);
        Assert.Equal([EntryKind.Capture], toCheck);
        Assert.Empty(_tally!.Open);
    }

    [Fact]
    public void Part_GivenBackWithoutACapture_IsAFinding()
    {
        Read(
            (EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 4, 1, 4), (EntryKind.Release, 3, 4, 1),
            (EntryKind.Release, 1, 5, 0));

        Assert.Equal([AuditCode.ResolvedUnreserved], Codes());
    }

    [Fact]
    public void Capture_OfAPartWithoutItsRest_IsAFinding()
    {
        Read((EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 4, 1, 4), (EntryKind.Capture, 1, 1, 3));

        Assert.Equal([AuditCode.ResolvedUnreserved], Codes());
    }

    [Fact]
    public void Entry_ThatDoesNotAddUp_IsAFinding()
    {
        Read((EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 1, 5, 1));

        Assert.Equal([AuditCode.BalanceWrong], Codes());
    }

    [Fact]
    public void Entry_ThatIsMissing_IsAFinding()
    {
        Read((EntryKind.Grant, 5, 5, 0));
        _sequence++;
        Read((EntryKind.Grant, 5, 5, 0));

        Assert.Contains(AuditCode.SequenceGap, Codes());
    }

    [Fact]
    public void Balance_BelowNothing_IsAFindingAtItsEntry()
    {
        Read((EntryKind.Grant, 5, 5, 0), (EntryKind.Reserve, 6, -1, 6), (EntryKind.Release, 6, 5, 0));

        Assert.Equal([AuditCode.BalanceNegative], Codes());
    }

    [Fact]
    public void Resolution_WithoutItsReservation_IsAFinding()
    {
        Read((EntryKind.Grant, 5, 5, 0), (EntryKind.Release, 1, 6, -1));

        Assert.Equal([AuditCode.ResolvedUnreserved], Codes());
    }

    [Fact]
    public void Findings_WithoutEnd_AreCountedAndTheFirstKept()
    {
        for (var i = 0; i < AuditFindings.KeptMax + 5; i++)
            _findings.Add(AuditCode.SequenceGap, "account", job: null, "text");

        Assert.Equal((AuditFindings.KeptMax + 5, AuditFindings.KeptMax), (_findings.Count, _findings.Kept.Count));
    }

    private IEnumerable<AuditCode> Codes() => _findings.Kept.Select(finding => finding.Code);

    private List<EntryKind> Read(params (EntryKind Kind, long Amount, long Available, long Reserved)[] entries)
    {
        _tally ??= new StatementTally("account", _findings);
        var toCheck = new List<EntryKind>();
        foreach (var (kind, amount, available, reserved) in entries)
        {
            if (_tally.Add(
                new StatementEntry(++_sequence, default, kind, amount, available, reserved, "operation", "job")))
                toCheck.Add(kind);
        }

        return toCheck;
    }
}
