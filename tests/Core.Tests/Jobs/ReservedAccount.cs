using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Machines;
using TryOn.Core.Tests.Machines;
using static TryOn.Core.Tests.Jobs.JobFixture;

namespace TryOn.Core.Tests.Jobs;

/// <summary>The account of one job: the real machine, reached over a connection that loses answers.</summary>
internal sealed class ReservedAccount
{
    private readonly Script _script;
    private readonly JobSpec _wanted;
    private AccountState _state = new();

    public ReservedAccount(Script script, JobSpec wanted)
    {
        (_script, _wanted) = (script, wanted);
        Do(new AccountCommand.Open("account", "Ann", AccountMode.Live, Core.Limits.AccountLimits.Default));
        Do(new AccountCommand.Grant(10, "g1", "paid"));
        Reserve();
    }

    public long Captured => _state.Captured;

    public bool Open => !_state.Reservations.IsEmpty;

    public Settlement Settle(JobEffect.Settle owed, JobState job)
    {
        if (_script.Chance(20))
            return Settlement.None;
        var outcome = Resolve(owed.Settlement, owed.Credits, job);
        if (_script.Chance(20))
            return Settlement.None;
        return outcome switch
        {
            ReservationOutcome.Captured => Settlement.Captured,
            ReservationOutcome.Released => Settlement.Released,
            _ => owed.Settlement,
        };
    }

    /// <summary>Applies a reply that was a settlement, and sometimes a very late repeat of the request.</summary>
    public void Hear(object reply, JobState job)
    {
        if (reply is not SettlementDue verdict)
            return;
        if (verdict.Settlement != Settlement.None)
            Resolve(verdict.Settlement, verdict.Credits, job);
        if (job.Settlement == Settlement.None || !_script.Chance(30))
            return;
        _state = AccountMachine.Evolve(_state, new AccountEvent.PageArchived(_state.Tail.Count));
        Reserve();
    }

    private ReservationOutcome Resolve(Settlement owed, long? credits, JobState job)
    {
        Assert.True(owed == Settlement.Released || job.Status == JobStatus.Succeeded, $"Captured while {job.Status}.");
        var resolution = owed == Settlement.Captured
            ? Do(new AccountCommand.Capture(Id, credits))
            : Do(new AccountCommand.Release(Id, "no picture"));
        return ((ReservationReply)resolution).Outcome;
    }

    private void Reserve() => Do(new AccountCommand.Reserve(Id, _wanted.Reserve, _wanted.Fingerprint));

    private object Do(AccountCommand command)
    {
        var decided = (Decision<AccountEvent, AccountEffect>.Accepted)AccountMachine.Decide(_state, command, At(0));
        _state = decided.Events.Aggregate(_state, AccountMachine.Evolve);
        Assert.True(_state.Captured <= _wanted.Reserve, "One picture was charged twice.");
        return decided.Reply;
    }
}
