using TryOn.Core.Accounts;
using TryOn.Core.Machines;
using TryOn.Core.Tests.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class AccountPropertyTests
{
    /// <summary>The tail keeps at least a page, so entries as new as this stay in it for some more commands.</summary>
    private const int RecentEntries = StatementRules.PageSize - 12;

    [Fact]
    public void Books_UnderAnyCommands_AddUp() => Properties.Hold(
        script =>
        {
            var story = new Story(script);
            while (!script.Done)
                story.Next();
        },
        tests: 300,
        choicesMax: 1000);

    private sealed class Story(Script script)
    {
        private readonly AccountBook _book = new();
        private readonly List<AccountCommand> _sent = [];
        private int _jobs = 1;
        private int _grants;
        private double _second;

        public void Next()
        {
            _second += script.Next(20);
            switch (script.Next(18))
            {
                case < 5:
                    Send(Reserve($"j{++_jobs}", 1 + script.Next(4)));
                    break;
                case < 10:
                    Send(script.Chance(60) ? CaptureOf(Job()) : Release(Job()));
                    break;
                case 10:
                    Send(Grant(1 + script.Next(40), $"g{++_grants}"));
                    break;
                case 11:
                    Send(Reserve(Job(), 1 + script.Next(4), script.Pick("print", "other")));
                    break;
                case 12 or 16 when _book.Asked.Count > 0:
                    Store(script.Next(_book.Asked.Count), twice: script.Chance(30));
                    break;
                case 13:
                    _book.Crash();
                    break;
                case 14:
                    Tick();
                    break;
                case 17:
                    Send(new AccountCommand.Adjust(script.Next(20) - 10, $"a{++_grants}", "by hand"));
                    break;
                case 15 when _sent.Count > 0:
                    Repeat(_sent[^(1 + script.Next(Math.Min(8, _sent.Count)))]);
                    break;
            }
        }

        /// <summary>The newest job, which may have been refused, or a job of the newest entries.</summary>
        private string Job()
        {
            var known = _book.State.Tail.TakeLast(RecentEntries).Select(entry => entry.JobId).OfType<string>();
            return script.Pick<string>([$"j{_jobs}", .. known]);
        }

        /// <summary>Captures all of it or a part. More than all of it or nothing must always be refused.</summary>
        private AccountCommand CaptureOf(string job)
        {
            if (!_book.State.Reservations.TryGetValue(job, out var open))
                return Capture(job);
            Assert.All((long[])[0, -1], amount => Assert.IsType<Decision<AccountEvent, AccountEffect>.Rejected>(
                AccountMachine.Decide(_book.State, Capture(job, amount), At(_second))));
            return Capture(job, script.Chance(50) ? 1 + script.Next((int)open.Amount) : null);
        }

        private void Send(AccountCommand command)
        {
            if (_book.Do(command, At(_second)) is not Decision<AccountEvent, AccountEffect>.Accepted first)
                return;
            _sent.Add(command);
            var again = Repeat(command);
            if (first.Reply is ReservationReply reply)
                Assert.Equal(reply with { Repeated = true }, again.Reply);
            else
                Assert.Equal(first.Reply, again.Reply);
        }

        /// <summary>Repeats a command, which must change nothing, whatever happened since.</summary>
        private Decision<AccountEvent, AccountEffect>.Accepted Repeat(AccountCommand command)
        {
            var resolves = command is AccountCommand.Capture or AccountCommand.Release;
            var again = AccountMachine.Decide(_book.State, command, At(_second));
            var accepted = Assert.IsType<Decision<AccountEvent, AccountEffect>.Accepted>(again);
            // A resolution that preceded its reservation was answered Unknown, and may find it open now.
            if (!resolves || accepted.Reply is ReservationReply { Repeated: true })
                Assert.DoesNotContain(accepted.Events, entry => entry is not AccountEvent.NothingResolved);
            return accepted;
        }

        private void Store(int index, bool twice)
        {
            var page = _book.Asked[index];
            _book.Store(page, At(_second));
            if (twice)
                _book.Store(page, At(_second));
            _book.Asked.Remove(page);
        }

        private void Tick()
        {
            if (AccountMachine.Due(_book.State) is not { } due)
                return;
            var now = due.AddSeconds(script.Next(3));
            _second = Math.Max(_second, (now - At(0)).TotalSeconds);
            _book.Do(AccountMachine.Tick, now);
            Assert.True(AccountMachine.Due(_book.State) > now, "A tick at its time did not move the account on.");
        }
    }
}
