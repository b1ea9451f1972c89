using System.Text.Json.Serialization;
using TryOn.Api.Jobs;

namespace TryOn.Api.Progress;

/// <summary>One message of a stream, the same over SSE and WebSocket.</summary>
/// <param name="Type">snapshot | status | progress | result | error | ping.</param>
/// <param name="Seq">The number of the job's step; progress and ping messages repeat the previous one.</param>
/// <param name="Job">Absent in a ping.</param>
public sealed record ProgressMessage(
    string Type, long Seq,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JobObject? Job = null);
