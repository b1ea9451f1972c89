using System.Globalization;
using System.Text.Json;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>Interprets Kling's answers. An answer about another task counts as an unknown outcome.</summary>
public sealed class KlingReplies(KlingOptions options)
{
    private readonly MeasuredLatency _latency = new();

    private static ProviderReply OtherTask => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, "kling:other_task");

    public ProviderReply OfSubmit(UpstreamAnswer answer, string attemptId) =>
        Read(KlingOperation.Submit, answer, task =>
            MismatchedTask(task, attemptId)
                ?? new ProviderReply.Waiting(task.TaskId!, _latency.FirstPoll(options.FirstPoll)));

    public ProviderReply OfPoll(UpstreamAnswer answer, string upstreamId) =>
        Read(KlingOperation.Poll, answer, task =>
            task.TaskId == upstreamId ? OfTask(task) : OtherTask);

    public ProviderReply OfFind(UpstreamAnswer answer, string attemptId)
    {
        var reply = Read(KlingOperation.Find, answer, task => MismatchedTask(task, attemptId) ?? OfTask(task));
        return reply is ProviderReply.Faulted { Fault.Kind: FaultKind.TaskLost } ? new ProviderReply.Absent() : reply;
    }

    /// <summary>
    /// What a page of the list says about an attempt: its task, <see cref="ProviderReply.Absent"/> when this was the
    /// last page, or null when the next page may contain it.
    /// </summary>
    public ProviderReply? OfList(UpstreamAnswer answer, string attemptId)
    {
        if (answer is not UpstreamAnswer.Answered { Succeeded: true } answered
            || KlingEnvelope.Read(answered.Body) is not { Code: 0 } envelope
                || KlingTask.ReadList(envelope) is not { } tasks)
        {
            // A single task in place of a list counts as an unknown outcome.
            return Read(KlingOperation.Find, answer, _ => OtherTask);
        }

        if (tasks.FirstOrDefault(task => task?.TaskInfo?.ExternalTaskId == attemptId) is { TaskId.Length: > 0 } found)
            return OfTask(found);
        return tasks.Count < KlingTask.PageSize ? new ProviderReply.Absent() : null;
    }

    private static ProviderReply Read(
        KlingOperation operation, UpstreamAnswer answer, Func<KlingTask, ProviderReply> ofTask) =>
        answer switch
        {
            UpstreamAnswer.Answered answered => ReadAnswered(operation, answered, ofTask),
            UpstreamAnswer.Lost lost => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, $"kling:{lost.Reason}"),
            _ => ProviderReply.FaultOf(FaultKind.Outage, "kling:unreachable"),
        };

    private static ProviderReply ReadAnswered(
        KlingOperation operation, UpstreamAnswer.Answered answered, Func<KlingTask, ProviderReply> ofTask)
    {
        var envelope = answered.Succeeded ? KlingEnvelope.Read(answered.Body) : null;
        return envelope is { Code: 0 } && KlingTask.Read(envelope) is { } task
            ? ofTask(task)
            : new ProviderReply.Faulted(
                KlingClassification.Classify(operation, answered.Status, answered.RetryAfter, answered.Body));
    }

    /// <summary>Rejects a task with another external id; the id may be missing from an answer.</summary>
    private static ProviderReply? MismatchedTask(KlingTask task, string attemptId) =>
        task.TaskInfo?.ExternalTaskId is { Length: > 0 } external && external != attemptId
            ? OtherTask
            : null;

    /// <summary>Interprets a task. Newer APIs of the same vendor say <c>succeeded</c>.</summary>
    public ProviderReply OfTask(KlingTask task) =>
        task.TaskStatus switch
        {
            "submitted" or "processing" => new ProviderReply.Waiting(task.TaskId!, options.PollInterval),
            "succeed" or "succeeded" => OfResult(task) with { Cost = CostOf(task) },
            "failed" => new ProviderReply.Ended(
                KlingClassification.ClassifyTask(task.TaskStatusMsg)) { Cost = CostOf(task) },
            _ => ProviderReply.FaultOf(FaultKind.OutcomeUnknown, "kling:unknown_status"),
        };

    private static ProviderCost? CostOf(KlingTask task) =>
        task.FinalUnitDeduction is { ValueKind: JsonValueKind.String or JsonValueKind.Number } units
        && decimal.TryParse(
            units.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? new ProviderCost(amount, "kling_units")
            : null;

    private ProviderReply OfResult(KlingTask task)
    {
        _latency.Add(task.Duration);
        return AnswerPictures.At("kling", (task.TaskResult?.Images ?? []).Select(image => image?.Url));
    }
}
