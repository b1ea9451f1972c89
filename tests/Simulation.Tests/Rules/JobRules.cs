using TryOn.Core.Jobs;

namespace TryOn.Simulation.Tests.Rules;

/// <summary>The rules for every committed state of a job, given its previous state and the account's books.</summary>
internal sealed class JobRules(World world)
{
    private readonly Dictionary<string, int> _sends = [];
    private readonly Dictionary<string, int> _begun = [];

    /// <summary>How often an attempt may have been sent, which is how often its intent was committed.</summary>
    public int Intents(string attemptId) => _sends.GetValueOrDefault(attemptId);

    /// <summary>How many jobs have started for one idempotency key, which is the prefix of all their ids.</summary>
    public int Begun(string key) => _begun.GetValueOrDefault(key);

    public void Committed(string id, JobState? before, JobState after)
    {
        before ??= new JobState();
        world.Hold(after.Version > before.Version, "I5 version",
            $"{id} went from {before.Version} to {after.Version}.");
        if (after.Attempt is { } attempt)
            _sends[attempt.Id] = Math.Max(Intents(attempt.Id), attempt.Sends);
        if (before.Ended)
            Ended(id, before, after);
        if (before.Status == JobStatus.None)
            Began(id, after);
        if (after.Status == JobStatus.Succeeded)
            Succeeded(id, after);
        if (after is { Settlement: not Settlement.None, Spec: { } spec } && before.Settlement == Settlement.None)
            Settled(id, spec.AccountId, after.Settlement);
    }

    private void Began(string id, JobState after)
    {
        var books = after.Spec is { } spec ? world.Rules.Accounts.BooksOf(spec.AccountId) : null;
        if (books is null)
        {
            var reserved = world.Accounts.All.SelectMany(account => account.Value.Reservations.Values)
                .FirstOrDefault(reservation => reservation.JobId == id);
            world.Hold(
                reserved is null || after.CreatedAt + world.Traits.Skew - reserved.At >= JobMachine.StartMax,
                "I4 start", $"{id} was given up before it could begin.");
            return;
        }

        world.Hold(books.Open.ContainsKey(id), "I3 reserved", $"{id} began without an open reservation.");
        var key = id[..id.LastIndexOf('.')];
        _begun[key] = Begun(key) + 1;
        world.Hold(Begun(key) == 1, "I8 repeat", $"{key} began twice.");
    }

    private void Succeeded(string id, JobState after)
    {
        world.Hold(!after.Outputs.IsDefaultOrEmpty, "I3 picture", $"{id} succeeded without a picture.");
        foreach (var output in after.Outputs)
            world.Hold(world.Pictures.Holds(output.Picture), "I3 picture", $"{output.Picture} is not stored.");
    }

    private void Ended(string id, JobState before, JobState after)
    {
        var same = before.Status == after.Status && before.Error?.Code == after.Error?.Code
            && before.Outputs.SequenceEqual(after.Outputs) && before.EndedAt == after.EndedAt;
        world.Hold(same, "terminal", $"{id} was {before.Status} and became {after.Status}.");
        world.Hold(
            before.Settlement == Settlement.None || before.Settlement == after.Settlement, "I3 resolution",
            $"{id} was settled twice, {before.Settlement} and {after.Settlement}.");
    }

    private void Settled(string id, string account, Settlement settlement)
    {
        var books = world.Rules.Accounts.BooksOf(account);
        var captured = books.Captures.ContainsKey(id);
        world.Hold(!books.Open.ContainsKey(id), "I3 resolution",
            $"{id} says {settlement} and its reservation is open.");
        world.Hold(
            captured == (settlement == Settlement.Captured), "I3 charge",
            $"{id} says {settlement} and its statement says {(captured ? "captured" : "not captured")}.");
    }

    public void Shown(JobView view)
    {
        var committed = world.Jobs.State(view.Id);
        world.Hold(
            committed is not null && view.Version <= committed.Version
                && (view.Version < committed.Version || view.Status == committed.Status),
            "I8 shown", $"{view.Id} was shown {view.Status} and is {committed?.Status}.");
        world.Hold(
            !view.Ended || committed?.Status == view.Status, "terminal",
            $"{view.Id} was shown {view.Status}, is {committed?.Status}.");
    }
}
