using TryOn.Core.Jobs;
using TryOn.Simulation.Tests.Upstreams;

namespace TryOn.Simulation.Tests.Rules;

/// <summary>How often a job may be bought, judged by what the upstreams received.</summary>
internal sealed class UpstreamRules(World world)
{
    /// <summary>
    /// After this many failed saves a delivered picture counts as lost, since it exists nowhere else.
    /// </summary>
    private const int SavesMax = 5;

    private readonly Dictionary<string, int> _sent = [];

    public void Sent(UpstreamKind kind, string attemptId)
    {
        var sent = _sent[attemptId] = _sent.GetValueOrDefault(attemptId) + 1;
        world.Note("submit", attemptId, sent);
        world.Hold(
            sent <= world.Rules.Jobs.Intents(attemptId), "I7 intent",
            $"{attemptId} was sent {sent} times, {world.Rules.Jobs.Intents(attemptId)} of them intended.");
        world.Hold(sent <= (kind == UpstreamKind.Blind ? 1 : RetryPolicy.SendsMax), "I7 allowance",
            $"{attemptId} was sent {sent} times.");
    }

    public void Begun(UpstreamKind kind, UpstreamRun run, IReadOnlyList<UpstreamRun> runs)
    {
        var of = runs.Where(other => other.JobId == run.JobId).ToList();
        var live = of.Count(other => !other.Over);
        // A refused duplicate of an id costs nothing, but an attempt that arrives a minute late finds another attempt
        // running.
        var late = of.Count(other => other.Late && other.AttemptId != run.AttemptId) + (run.Late ? 1 : 0);
        var lost = kind == UpstreamKind.Blind
            ? RetryPolicy.UnknownOutcomeRetriesMax + (world.Pictures.Failures(run.JobId) / SavesMax)
            : 0;
        world.Hold(live <= 1
            + (kind == UpstreamKind.Blind ? lost : late), "I7 allowance", $"{run.JobId} runs {live} times at {kind}.");
    }
}
