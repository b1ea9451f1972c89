using TryOn.Core.Accounts;
using TryOn.Core.Keys;
using TryOn.Core.Machines;
using TryOn.Core.Tests.Accounts;
using TryOn.Core.Tests.Machines;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using static TryOn.Core.Tests.Keys.KeyFixture;

namespace TryOn.Core.Tests.Keys;

public sealed class KeyBudgetPropertyTests
{
    [Fact]
    public void KeyLimits_UnderAnyCommands_AreNeverPassed() => Properties.Hold(
        script =>
        {
            var story = new Story(script);
            while (!script.Done)
                story.Next();
        },
        tests: 300,
        choicesMax: 300);

    /// <summary>
    /// Three keys with their successors, compared with a plain list of all reservations. Time only moves forward; other
    /// tests set the clock back.
    /// </summary>
    private sealed class Story
    {
        private const int Hour = 60 * 60;

        private readonly Script _script;
        private readonly List<(string Job, char Key, int Day, long Amount)> _counted = [];
        private readonly Dictionary<char, char> _lineages = new() { ['a'] = 'a', ['b'] = 'b', ['c'] = 'c' };
        private AccountState _state = With(
            Key('a', 3, LimitReset.Daily), Key('b', 5, LimitReset.Weekly), Key('c', 9, LimitReset.Monthly)).State;

        private double _second;
        private int _jobs;

        public Story(Script script) => _script = script;

        public void Next()
        {
            _second += _script.Next(30) * Hour;
            switch (_script.Next(8))
            {
                case < 4:
                    Reserve(_script.Pick<char>([.. _lineages.Keys]), $"j{++_jobs}", 1 + _script.Next(3));
                    break;
                case < 7:
                    Resolve();
                    break;
                case 7 when _lineages.Count < 12:
                    Turn(_script.Pick<char>([.. _lineages.Keys]), (char)('d' + _lineages.Count));
                    break;
            }

            Check();
        }

        private void Reserve(char key, string job, long amount)
        {
            var family = _lineages[key];
            var (limit, reset) = (Limit(family), Reset(family));
            var usable = KeyAdmission.Admit(_state.Keys, Hash(key), default, At(_second)).Ok;
            var room = _state.Reservations.Count < Allowed.Concurrency && Spent(family, reset) + amount <= limit;

            Assert.Equal(usable && room, Do(Buy(key, job, amount)));

            if (usable && room)
                _counted.Add((job, family, Today, amount));
        }

        private void Resolve()
        {
            if (_state.Reservations.IsEmpty)
                return;
            var job = _script.Pick<string>([.. _state.Reservations.Keys.Order(StringComparer.Ordinal)]);
            if (_script.Chance(50))
                CaptureSome(job, 1 + _script.Next((int)_state.Reservations[job].Amount));
            else if (Do(Release(job)))
                _counted.RemoveAll(counted => counted.Job == job);
        }

        /// <summary>
        /// The part that is not captured becomes available again in the periods that it was counted in.
        /// </summary>
        private void CaptureSome(string job, long amount)
        {
            Assert.True(Do(Capture(job, amount)));
            var at = _counted.FindIndex(counted => counted.Job == job);
            _counted[at] = _counted[at] with { Amount = amount };
        }

        private void Turn(char key, char next)
        {
            if (Do(Rotate(key, next, _script.Next(48) * Hour)))
                _lineages.Add(next, _lineages[key]);
        }

        private void Check()
        {
            foreach (var (key, family) in _lineages)
            {
                if (_state.Keys.BudgetKey(AccountKey.IdOf(Hash(key))) is not { } budget)
                    continue;
                Assert.All(Enum.GetValues<LimitReset>(), reset =>
                    Assert.Equal(Spent(family, reset), budget.Spend.InPeriod(reset, Today)));
                Assert.True(Spent(family, Reset(family)) <= Limit(family));
            }
        }

        private int Today => KeySpend.DayOf(At(_second));

        private long Spent(char family, LimitReset reset) => _counted
            .Where(counted => counted.Key == family
                && Same(reset, DateOnly.FromDayNumber(counted.Day), DateOnly.FromDayNumber(Today)))
            .Sum(counted => counted.Amount);

        private static bool Same(LimitReset reset, DateOnly a, DateOnly b) => reset switch
        {
            LimitReset.Daily => a == b,
            LimitReset.Weekly => Monday(a) == Monday(b),
            LimitReset.Monthly => (a.Year, a.Month) == (b.Year, b.Month),
            _ => true,
        };

        private static DateOnly Monday(DateOnly date)
        {
            while (date.DayOfWeek != DayOfWeek.Monday)
                date = date.AddDays(-1);
            return date;
        }

        private static long Limit(char family) => family switch { 'a' => 3, 'b' => 5, _ => 9 };

        private static LimitReset Reset(char family) => (LimitReset)(family - 'a' + 1);

        private bool Do(AccountCommand command)
        {
            if (AccountMachine.Decide(
                _state, command, At(_second)) is not Decision<AccountEvent, AccountEffect>.Accepted decided)
                return false;
            _state = decided.Events.Aggregate(_state, AccountMachine.Evolve);
            return true;
        }
    }
}
