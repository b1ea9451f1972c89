using System.Security.Cryptography;
using TryOn.Sandbox.Callbacks;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Kling;

/// <summary>Decides about a submit: who asks, what is asked, and whether a task may start.</summary>
public sealed class KlingSubmits(SandboxOptions options, KlingAuth auth, KlingTaskStore tasks, FittingRoom room)
{
    private const int TaskIdDigits = 18;

    public Verdict Decide(Submission submission)
    {
        if (auth.Check(submission.Request) is { } stranger)
            return Verdict.Refused(stranger.ToAnswer());
        if (KlingSubmitReader.Read(submission, out var submit) is { } flaw)
            return Verdict.Refused(flaw.ToAnswer());
        var task = NewTask(submission, submit!);
        var refusal = tasks.Add(task);
        if (refusal is null)
            room.Order(submit!.Human, submit.Cloth);
        var callbacks = refusal is null ? Callbacks(task, submit!.CallbackUrl, submission.Request) : [];
        return (refusal is null ? Accepted(task) : Verdict.Refused(refusal.ToAnswer())) with
        {
            Callbacks = callbacks,
            Model = submit!.Model,
            ExternalId = task.ExternalTaskId,
            HumanSha256 = submit!.Human.Sha256,
        };
    }

    // The answer is made from the task as it was created: it says submitted however short the latency is.
    private static Verdict Accepted(KlingTask task) =>
        new(Accepted: true, () => KlingEnvelope.Succeed(task.ToData(task.CreatedAt, resultBase: string.Empty)))
        {
            TaskId = task.TaskId,
        };

    // At every change of the status, with the bare task: no envelope.
    private IReadOnlyList<CallbackOrder> Callbacks(KlingTask task, string? address, HttpRequest request)
    {
        if (address is null)
            return [];
        var resultBase = KlingEndpoints.ResultBase(request);
        return
        [
            .. new[] { task.StartsAt, task.EndsAt }.Select(at => new CallbackOrder(
                address, at, () => KlingEnvelope.Bare(task.ToData(at, resultBase)))
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
