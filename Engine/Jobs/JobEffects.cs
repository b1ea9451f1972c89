using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using TryOn.Core.Webhooks;
using TryOn.Engine.Gates;

namespace TryOn.Engine.Jobs;

/// <summary>
/// What a job asks of the world, done. Each effect answers with the command that tells the job how it went; whatever
/// throws becomes the answer that leaves most open. Shared by all jobs and keeps nothing.
/// </summary>
public sealed partial class JobEffects(
    IDirectory directory, Upstreams upstreams, IPictureStore pictures, ResultStore results, SubmitDrain drain,
    ILogger<JobEffects> logger)
{
    /// <summary>For pictures to be read before the call and stored after it, for two writes, and for clocks that differ.</summary>
    private static readonly TimeSpan SubmitMargin = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Within this most submits have ended. An answer may also have been lost to a write that failed, on a node that lives:
    /// nobody will ever tell of it, and its customer should not wait for the longest that a submit may take.
    /// </summary>
    private static readonly TimeSpan SubmitUsual = TimeSpan.FromSeconds(30);

    /// <summary>How often whoever made a submit is looked after: it may die, or stop, before the submit's time is over.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Null for an effect that has no answer.</summary>
    public async Task<JobCommand?> Perform(string jobId, JobSpec spec, JobEffect effect)
    {
        try
        {
            return effect switch
            {
                JobEffect.Settle settle => new JobCommand.AccountAnswered(await Settle(jobId, spec, settle)),
                JobEffect.DeleteInputs => await DeleteInputs(spec),
                JobEffect.Notice notice => new JobCommand.Noticed(await Notice(jobId, spec, notice.Webhook)),
                _ when spec.RouteAt(FallbackOf(effect)) is var route =>
                    upstreams.Find(route.Provider, spec.Mode) is { } upstream
                        ? await Call(jobId, spec, route, upstream, effect)
                        : NotConfigured(effect),
                _ => NotConfigured(effect),
            };
        }
        catch (Exception failure)
        {
            LogFailed(logger, jobId, effect.GetType().Name, failure);
            return Unknown(effect);
        }
    }

    /// <summary>
    /// The answer to a question that comes too soon: whoever made the submit lives, and for as long as a submit takes it may yet
    /// write what came of it. Null once that is over.
    /// </summary>
    public JobCommand.StillOut? StillOut(JobSpec spec, Attempt attempt, DateTimeOffset now)
    {
        if (upstreams.Find(spec.RouteAt(attempt.Fallback).Provider, spec.Mode) is not { Provider: var provider })
            return null;
        var most = provider.SubmitMax + SubmitMargin;
        return now < attempt.StartedAt + (most < SubmitUsual ? most : SubmitUsual)
            ? new JobCommand.StillOut(attempt.Number, now + LookAgain)
            : null;
    }

    /// <summary>A stop waits until it is disposed.</summary>
    public IDisposable BeginSubmit() => drain.Begin();

    /// <summary>Frees the places a job holds or waits for at this process's gates, whichever route it is on.</summary>
    public void Leave(string jobId, JobSpec spec)
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
                return await Delivered(jobId, poll.Attempt, stands) ?? new JobCommand.Replied(poll.Attempt.Number, stands);
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
        if (await Load(spec) is not { } inputs)
            return Refused(attempt, FaultKind.Operator, "inputs-lost");
        var call = new ProviderCall(
            attempt.Id, route.Model, inputs.Persons, inputs.Garments, spec.Prompt, spec.FastMode, inputs.Mask);
        var reply = await upstream.Provider.Submit(call, CancellationToken.None);
        upstream.Gate.Report(jobId, reply);
        return await Delivered(jobId, attempt, reply) ?? new JobCommand.Replied(attempt.Number, reply);
    }

    /// <summary>Pictures that came with an answer are stored before the job hears of them.</summary>
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

    private async Task<ProviderInputs?> Load(JobSpec spec)
    {
        var persons = await Task.WhenAll(spec.Persons.Select(Load));
        var garments = await Task.WhenAll(spec.Garments.Select(Load));
        var mask = spec.Mask is null ? null : await Load(spec.Mask);
        return persons.Concat(garments).Any(picture => picture is null) || mask is null != spec.Mask is null
            ? null
            : new ProviderInputs([.. persons!], [.. garments!], mask);
    }

    private async Task<InputPicture?> Load(JobPicture picture) =>
        await pictures.Read(picture.Picture, CancellationToken.None) is { } content
            ? new InputPicture(content, picture.Format)
            : null;

    private async Task<Settlement> Settle(string jobId, JobSpec spec, JobEffect.Settle settle)
    {
        var (account, owed) = (directory.Account(spec.AccountId), settle.Settlement);
        var answer = owed == Settlement.Captured
            ? await account.Ask(new AccountCommand.Capture(jobId, settle.Credits, settle.Model, spec.ReservedAt))
            : await account.Ask(new AccountCommand.Release(jobId, "job ended without a picture", spec.ReservedAt));
        if (!answer.Ok)
            return Settlement.None;
        var settled = answer.Value.Outcome switch
        {
            ReservationOutcome.Captured => Settlement.Captured,
            ReservationOutcome.Released => Settlement.Released,
            // Resolved so long ago that the newest entries no longer speak of it: only this job could have asked.
            _ => owed,
        };
        if (settled != owed)
            LogMismatch(logger, jobId, owed, settled);
        return settled;
    }

    /// <summary>
    /// A request for several pictures has one end, and one message of it: the first job's delivery, begun by whichever of its
    /// jobs ends and finds the others ended. Of two that end at once at least one does, and beginning it twice is harmless.
    /// </summary>
    private async Task<bool> Notice(string jobId, JobSpec spec, JobWebhook webhook)
    {
        var about = jobId;
        if (spec.Group is [var first, ..] group)
        {
            var others = await Task.WhenAll(group.Where(id => id != jobId).Select(id => directory.Job(id).Read()));
            // One that has not begun yet may still begin or be closed for good, and in that case tells nobody: ask again.
            if (others.Any(other => other.Value is null))
                return false;
            if (others.Any(other => other.Value is { Ended: false }))
                return true;
            about = first;
        }

        return (await directory.Delivery(about).Ask(new DeliveryCommand.Start(
            about, new DeliverySpec(spec.AccountId, webhook.Url, webhook.Origin, webhook.Form)))).Ok;
    }

    private async Task<JobCommand?> DeleteInputs(JobSpec spec)
    {
        JobPicture[] masks = spec.Mask is { } mask ? [mask] : [];
        foreach (var picture in spec.Persons.Concat(spec.Garments).Concat(masks))
            await pictures.Delete(picture.Picture, CancellationToken.None);
        return null;
    }

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
        // Mostly one that was refused as above, and whose refusal could not be written down.
        JobEffect.Find find => new JobCommand.Found(find.Attempt.Number, new ProviderReply.CannotTell()),
        _ => Unknown(effect),
    };

    private static JobCommand? Unknown(JobEffect effect) => effect switch
    {
        JobEffect.Submit submit => Refused(submit.Attempt, FaultKind.OutcomeUnknown, "exception"),
        JobEffect.Find find => new JobCommand.Found(
            find.Attempt.Number, ProviderReply.FaultOf(FaultKind.OutcomeUnknown, "exception")),
        JobEffect.Poll poll => Refused(poll.Attempt, FaultKind.OutcomeUnknown, "exception"),
        JobEffect.Store store => new JobCommand.StoreFailed(store.Attempt.Number),
        JobEffect.CancelUpstream cancel => new JobCommand.CancelAnswered(cancel.Attempt.Number, Stopped: false),
        JobEffect.Settle => new JobCommand.AccountAnswered(Settlement.None),
        JobEffect.Notice => new JobCommand.Noticed(Held: false),
        _ => null,
    };

    private static JobCommand.Replied Refused(Attempt attempt, FaultKind kind, string code) =>
        new(attempt.Number, ProviderReply.FaultOf(kind, code));

    private sealed record ProviderInputs(
        System.Collections.Immutable.ImmutableArray<InputPicture> Persons,
        System.Collections.Immutable.ImmutableArray<InputPicture> Garments,
        InputPicture? Mask);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: {Effect} threw")]
    private static partial void LogFailed(ILogger logger, string jobId, string effect, Exception failure);

    [LoggerMessage(Level = LogLevel.Critical, Message = "Job {JobId} owed {Owed} but its account says {Settled}")]
    private static partial void LogMismatch(ILogger logger, string jobId, Settlement owed, Settlement settled);
}
