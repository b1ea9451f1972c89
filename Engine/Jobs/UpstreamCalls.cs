using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Engine.Gates;

namespace TryOn.Engine.Jobs;

/// <summary>A job's calls to the upstream of its route, and its permit at that upstream's gate.</summary>
internal sealed class UpstreamCalls(Upstreams upstreams, JobInputs inputs, ResultStore results, SubmitDrain drain)
{
    /// <summary>
    /// Allows for reading pictures before the call, storing them after it, two writes, and differing clocks.
    /// </summary>
    private static readonly TimeSpan SubmitMargin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Most submits end within this time. A node that is alive may have lost an answer to a failed write and will never
    /// report it, so the customer should not have to wait for the longest time that a submit may take.
    /// </summary>
    private static readonly TimeSpan SubmitTypicalMax = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often the node that made a submit is checked: it may die or stop before the submit's time is over.
    /// </summary>
    private static readonly TimeSpan RecheckInterval = TimeSpan.FromSeconds(5);

    public async Task<JobCommand?> Perform(string jobId, JobSpec spec, JobEffect effect)
    {
        var route = spec.RouteAt(FallbackOf(effect));
        return upstreams.Find(route.Provider, spec.Mode) is { } upstream
            ? await Call(jobId, spec, route, upstream, effect)
            : NotConfigured(effect);
    }

    /// <summary>
    /// The answer to a look-up that comes too soon: the node that made the submit is alive and may still store the
    /// outcome. Null once the time for a submit is over.
    /// </summary>
    public JobCommand.SubmitRunning? SubmitRunning(JobSpec spec, Attempt attempt, DateTimeOffset now)
    {
        if (upstreams.Find(spec.RouteAt(attempt.Fallback).Provider, spec.Mode) is not { Provider: var provider })
            return null;
        var most = provider.SubmitMax + SubmitMargin;
        return now < attempt.StartedAt + (most < SubmitTypicalMax ? most : SubmitTypicalMax)
            ? new JobCommand.SubmitRunning(attempt.Number, now + RecheckInterval)
            : null;
    }

    /// <summary>Frees the permits a job holds or waits for at this process's gates, on every route.</summary>
    public void LeaveGates(string jobId, JobSpec spec)
    {
        var providers = (spec.Fallbacks ?? []).Select(route => route.Provider).Prepend(spec.Provider);
        foreach (var provider in providers.Distinct(StringComparer.Ordinal))
            upstreams.Find(provider, spec.Mode)?.Gate.Leave(jobId);
    }

    private async Task<JobCommand?> Call(
        string jobId, JobSpec spec, Route route, Upstream upstream, JobEffect effect)
    {
        switch (effect)
        {
            case JobEffect.EnterGate:
                return await upstream.Gate.Enter(jobId) && !drain.Stopping ? new JobCommand.GateEntered() : null;
            case JobEffect.HoldGate:
                upstream.Gate.Hold(jobId);
                return null;
            case JobEffect.LeaveGate:
                upstream.Gate.Leave(jobId);
                return null;
            case JobEffect.Submit submit:
                return await Submit(jobId, spec, route, upstream, submit.Attempt);
            case JobEffect.Find find:
                var found = await upstream.Provider.Find(find.Attempt.Id, route.Model, CancellationToken.None);
                return await Delivered(jobId, find.Attempt, found) ?? new JobCommand.Found(find.Attempt.Number, found);
            case JobEffect.Poll poll:
                var stands = await upstream.Provider.Poll(poll.Attempt.UpstreamId!, CancellationToken.None);
                return await Delivered(jobId, poll.Attempt, stands)
                    ?? new JobCommand.Replied(poll.Attempt.Number, stands);
            case JobEffect.CancelUpstream cancel:
                var stopped = await upstream.Provider.Cancel(cancel.Attempt.UpstreamId!, CancellationToken.None);
                return new JobCommand.CancelAnswered(cancel.Attempt.Number, stopped);
            case JobEffect.Store store:
                return await results.Fetch(jobId, store.Attempt.Number, store.Addresses, upstream.Provider.Downloads);
            default:
                throw new ArgumentOutOfRangeException(nameof(effect));
        }
    }

    private async Task<JobCommand> Submit(
        string jobId, JobSpec spec, Route route, Upstream upstream, Attempt attempt)
    {
        if (await inputs.Load(spec) is not { } loaded)
            return Refused(attempt, FaultKind.Operator, "inputs-lost");
        var call = new ProviderCall(
            attempt.Id, route.Model, loaded.Persons, loaded.Garments, spec.Prompt, spec.FastMode, loaded.Mask);
        var reply = await upstream.Provider.Submit(call, CancellationToken.None);
        upstream.Gate.Report(jobId, reply);
        return await Delivered(jobId, attempt, reply) ?? new JobCommand.Replied(attempt.Number, reply);
    }

    /// <summary>Pictures that came with an answer are stored before the job is told.</summary>
    private async Task<JobCommand?> Delivered(string jobId, Attempt attempt, ProviderReply reply) =>
        reply is ProviderReply.Delivered delivered
            ? Charged(await results.Save(jobId, attempt.Number, delivered.Pictures), delivered.Cost)
            : null;

    /// <summary>An upstream bills what it delivered, whether or not it was a picture.</summary>
    private static JobCommand Charged(JobCommand answer, ProviderCost? cost) => answer switch
    {
        JobCommand.Stored stored => stored with { Cost = cost },
        JobCommand.Replied replied => replied with { Reply = replied.Reply with { Cost = cost } },
        _ => answer,
    };

    private static int? FallbackOf(JobEffect effect) => effect switch
    {
        JobEffect.EnterGate enter => enter.Fallback,
        JobEffect.HoldGate hold => hold.Fallback,
        JobEffect.LeaveGate leave => leave.Fallback,
        JobEffect.Submit submit => submit.Attempt.Fallback,
        JobEffect.Find find => find.Attempt.Fallback,
        JobEffect.Poll poll => poll.Attempt.Fallback,
        JobEffect.CancelUpstream cancel => cancel.Attempt.Fallback,
        JobEffect.Store store => store.Attempt.Fallback,
        _ => null,
    };

    private static JobCommand? NotConfigured(JobEffect effect) => effect switch
    {
        JobEffect.EnterGate => new JobCommand.GateEntered(),
        JobEffect.Submit submit => Refused(submit.Attempt, FaultKind.Operator, "not-configured"),
        // Usually an attempt that was refused as above and whose refusal could not be stored.
        JobEffect.Find find => new JobCommand.Found(find.Attempt.Number, new ProviderReply.CannotTell()),
        _ => UnknownOutcome.ForEffect(effect),
    };

    private static JobCommand.Replied Refused(Attempt attempt, FaultKind kind, string code) =>
        new(attempt.Number, ProviderReply.FaultOf(kind, code));
}
