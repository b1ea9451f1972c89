using System.Text;
using System.Text.Json;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Faults;

/// <summary>
/// A fault to inject, as <c>POST /sandbox/faults</c> takes it. Without <c>times</c> it stays in force.
/// </summary>
public sealed record Fault
{
    private const int BytesMax = 1024 * 1024 * 1024;

    private static readonly FaultAction[] OfCallbacks = [FaultAction.Duplicate, FaultAction.Reorder, FaultAction.Forge];

    public required Provider Provider { get; init; }

    public required Operation Operation { get; init; }

    public required FaultAction Action { get; init; }

    public double Probability { get; init; } = 1;

    public int? Times { get; init; }

    public int? Status { get; init; }

    public JsonElement? Body { get; init; }

    public Dictionary<string, string>? Headers { get; init; }

    public int? DelayMs { get; init; }

    public int? Bytes { get; init; }

    /// <summary>The body to send: a string as it is, anything else as JSON.</summary>
    public string Text => Body is not { } body ? string.Empty
        : body.ValueKind == JsonValueKind.String ? body.GetString()! : body.GetRawText();

    public ReadOnlyMemory<byte> Content => Encoding.UTF8.GetBytes(Text);

    public string? Flaw() => this switch
    {
        { Probability: not (>= 0 and <= 1) } => "probability must be between 0 and 1",
        { Times: < 1 } => "times must be at least 1",
        { Action: FaultAction.Status, Status: not (>= 200 and <= 599) } =>
            "action status needs a status from 200 to 599",
        { Action: FaultAction.Delay or FaultAction.SlowBytes, DelayMs: not >= 0 } =>
            "actions delay and slow_bytes need a delay_ms of 0 or more",
        { Action: FaultAction.Huge or FaultAction.Cut, Bytes: not (> 0 and <= BytesMax) } =>
            $"actions huge and cut need bytes from 1 to {BytesMax}",
        { Action: FaultAction.FailTask, Operation: not Operation.Submit } =>
            "action fail_task needs the operation submit",
        { Operation: Operation.List, Provider: not Provider.Kling } => "only kling has the operation list",
        { Operation: Operation.Keys, Provider: not Provider.Fal } => "only fal has the operation keys",
        { Operation: Operation.Callback, Provider: Provider.Gemini or Provider.OpenAI } =>
            "only kling, fal and fashn call back",
        { Action: FaultAction.Reorder, Provider: not Provider.Kling } => "only kling calls back more than once",
        { Operation: Operation.Callback } when !OfCallbacks.Append(FaultAction.Delay).Append(FaultAction.DropBefore)
            .Contains(Action) =>
            "a callback takes only drop_before, delay, duplicate, reorder and forge",
        { Operation: not Operation.Callback } when OfCallbacks.Contains(Action) =>
            "actions duplicate, reorder and forge need the operation callback",
        { Provider: Provider.Gemini, Operation: not Operation.Submit } => "gemini has only the operation submit",
        { Provider: Provider.OpenAI, Operation: not Operation.Submit } => "openai has only the operation submit",
        _ => null,
    };
}
