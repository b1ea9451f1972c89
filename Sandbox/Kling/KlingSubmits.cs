using System.Security.Cryptography;
using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Kling;

/// <summary>Decides about a submit: checks its token and fields, and whether a task may start.</summary>
public sealed class KlingSubmits(SandboxOptions options, KlingAuth auth, KlingTaskStore tasks, FittingCache fittings)
{
    private const int TaskIdDigits = 18;

    public SubmitDecision Decide(Submission submission)
    {
        if (auth.Check(submission.Request) is { } unauthorized)
            return SubmitDecision.Refused(unauthorized.ToAnswer());
        if (KlingSubmitReader.Read(submission, out var submit) is { } flaw)
            return SubmitDecision.Refused(flaw.ToAnswer());
        var task = NewTask(submission, submit!);
        var refusal = tasks.Add(task);
        if (refusal is null)
            fittings.GetOrAdd(submit!.Human, submit.Cloth);
        var callbacks = refusal is null ? Callbacks(task, submit!.CallbackUrl, submission.Request) : [];
        return (refusal is null ? Accepted(task) : SubmitDecision.Refused(refusal.ToAnswer())) with
        {
            Callbacks = callbacks,
            Model = submit!.Model,
            ExternalId = task.ExternalTaskId,
            HumanSha256 = submit!.Human.Sha256,
        };
    }

    // The answer shows the task as it was created, so it says submitted however short the latency is.
    private static SubmitDecision Accepted(KlingTask task) =>
        new(Accepted: true, () => KlingEnvelope.Succeed(task.ToData(task.CreatedAt, resultBase: string.Empty)))
        {
            TaskId = task.TaskId,
        };

    // One callback for every status change, with the task and no envelope.
    private IReadOnlyList<PlannedCallback> Callbacks(KlingTask task, string? address, HttpRequest request)
    {
        if (address is null)
            return [];
        var resultBase = KlingEndpoints.ResultBase(request);
        return
        [
            .. new[] { task.StartsAt, task.EndsAt }.Select(at => new PlannedCallback(
                address, at, () => KlingEnvelope.CallbackBody(task.ToData(at, resultBase)))
            {
                Signature = options.KlingWebhookSecret is { } secret ? new SecretSignature(secret) : null,
            }),
        ];
    }

    private KlingTask NewTask(Submission submission, KlingSubmit submit) =>
        new(
            RandomNumberGenerator.GetString("123456789", TaskIdDigits), submit.ExternalTaskId, submission.At,
            options.Scaled(options.KlingLatency))
        {
            Failure = submission.Fault is { Action: FaultAction.FailTask } fault ? fault.Text : null,
            Fitting = new FittingKey(submit.Human.Sha256, submit.Cloth.Sha256),
            ResultName = RandomNumberGenerator.GetHexString(32, lowercase: true) + ".png",
        };
}
