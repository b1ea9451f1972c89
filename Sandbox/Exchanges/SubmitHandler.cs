using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Logs;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Exchanges;

/// <summary>
/// Handles the submits of all upstreams: reads the body, applies faults, has the upstream decide, answers, and logs.
/// </summary>
public sealed class SubmitHandler(
    FaultStore faults, SandboxLog log, RequestCounter counter, CallbackSender callbacks, TimeProvider clock,
    IHostApplicationLifetime host)
{
    public async Task Handle(
        HttpContext context, Provider provider, int bytesMax, Func<Submission, SubmitDecision> decide)
    {
        counter.Count(provider, Operation.Submit);
        var body = await Submission.ReadBody(context.Request, bytesMax);
        var fault = faults.Take(provider, Operation.Submit);
        var submission = new Submission(context.Request, body, Submission.Hash(body), clock.GetUtcNow(), fault);
        var replacement = FaultActions.Replacement(fault);
        var decision = replacement is null ? decide(submission) : SubmitDecision.Refused(replacement);
        var entry = new SandboxLogEntry(
            submission.At, provider, Operation.Submit, OutcomeOf(decision, replacement, fault),
            decision.ExternalId, decision.TaskId, submission.BodySha256, decision.HumanSha256, Answered: false,
            decision.MaskSha256, decision.Model);
        callbacks.Schedule(entry, decision.Callbacks);
        await Finish(context, decision, fault, entry);
    }

    private async Task Finish(HttpContext context, SubmitDecision decision, Fault? fault, SandboxLogEntry entry)
    {
        var answered = false;
        try
        {
            answered = await TryAnswer(context, decision, fault);
        }
        finally
        {
            // Written before an abort, so that the entry exists when the client notices; and also after a failure of
            // this server, since the submit was accepted.
            log.Write(entry with { Answered = answered && !context.RequestAborted.IsCancellationRequested });
        }

        if (!answered)
            context.Abort();
    }

    private async Task<bool> TryAnswer(HttpContext context, SubmitDecision decision, Fault? fault)
    {
        if (!await ClientWaits(context, decision.Latency + FaultActions.Delay(fault)))
            return false;
        var answer = FaultActions.Apply(fault, decision.Answer());
        if (answer == Answer.Aborted)
            return false;
        await answer.ExecuteAsync(context);
        return true;
    }

    private static Outcome OutcomeOf(SubmitDecision decision, Answer? replacement, Fault? fault) =>
        (decision.Accepted, fault?.Action) switch
        {
            (_, FaultAction.DropBefore) when replacement is not null => Outcome.DroppedBefore,
            (true, FaultAction.DropAfter) => Outcome.DroppedAfter,
            (true, _) => Outcome.Accepted,
            _ => Outcome.Refused,
        };

    // False if the client disconnected, or this server is stopping, before the answer was due.
    private async Task<bool> ClientWaits(HttpContext context, TimeSpan latency)
    {
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, host.ApplicationStopping);
        var due = Task.Delay(latency, clock, gone.Token);
        await due.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !gone.IsCancellationRequested;
    }
}
