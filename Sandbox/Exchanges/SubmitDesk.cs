using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Witness;

namespace TryOn.Sandbox.Exchanges;

/// <summary>Takes every submit of every upstream: reads it, lets faults act, has it decided, answers, and logs it.</summary>
public sealed class SubmitDesk(
    FaultStore faults, WitnessLog log, Tally tally, CallbackPosts callbacks, TimeProvider clock,
    IHostApplicationLifetime host)
{
    public async Task Receive(HttpContext context, Provider provider, int bytesMax, Func<Submission, Verdict> decide)
    {
        tally.Count(provider, Operation.Submit);
        var body = await Submission.ReadBody(context.Request, bytesMax);
        var fault = faults.Take(provider, Operation.Submit);
        var submission = new Submission(context.Request, body, Submission.Hash(body), clock.GetUtcNow(), fault);
        var instead = FaultActions.Instead(fault);
        var verdict = instead is null ? decide(submission) : Verdict.Refused(instead);
        var entry = new WitnessEntry(
            submission.At, provider, Operation.Submit, OutcomeOf(verdict, instead, fault),
            verdict.ExternalId, verdict.TaskId, submission.BodySha256, verdict.HumanSha256, Answered: false, verdict.MaskSha256,
            verdict.Model);
        callbacks.Order(entry, verdict.Callbacks);
        await Finish(context, verdict, fault, entry);
    }

    private async Task Finish(HttpContext context, Verdict verdict, Fault? fault, WitnessEntry entry)
    {
        var answered = false;
        try
        {
            answered = await Answers(context, verdict, fault);
        }
        finally
        {
            // Before an abort, so that the line stands when the client notices; and after a failure of this server
            // too, for what it had accepted.
            log.Write(entry with { Answered = answered && !context.RequestAborted.IsCancellationRequested });
        }

        if (!answered)
            context.Abort();
    }

    private async Task<bool> Answers(HttpContext context, Verdict verdict, Fault? fault)
    {
        if (!await Stays(context, verdict.Latency + FaultActions.Delay(fault)))
            return false;
        var answer = FaultActions.Applied(fault, verdict.Answer());
        if (answer == Answer.Aborted)
            return false;
        await answer.ExecuteAsync(context);
        return true;
    }

    private static Outcome OutcomeOf(Verdict verdict, Answer? instead, Fault? fault) =>
        (verdict.Accepted, fault?.Action) switch
        {
            (_, FaultAction.DropBefore) when instead is not null => Outcome.DroppedBefore,
            (true, FaultAction.DropAfter) => Outcome.DroppedAfter,
            (true, _) => Outcome.Accepted,
            _ => Outcome.Refused,
        };

    // False when the client left, or this server is stopping, before the answer was due.
    private async Task<bool> Stays(HttpContext context, TimeSpan latency)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, host.ApplicationStopping);
        var due = Task.Delay(latency, clock, gone.Token);
        await due.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !gone.IsCancellationRequested;
    }
}
