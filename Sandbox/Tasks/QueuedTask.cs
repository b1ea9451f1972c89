using System.Security.Cryptography;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tasks;

/// <summary>One task of an upstream that queues; how it stands is a function of the time.</summary>
/// <param name="Failure">Set when the task is to fail: the upstream's word for why.</param>
/// <param name="Input">What the upstream's history tells of it, as JSON; never a picture.</param>
public sealed record QueuedTask(
    string Id, string Model, DateTimeOffset CreatedAt, TimeSpan Latency, Fitting Fitting, string? Failure, object Input)
{
    private const int QueuedShare = 10;

    /// <summary>The last part of the result's address, not to be guessed from the task's id.</summary>
    public string ResultName { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool Queued(DateTimeOffset now) => now < CreatedAt + (Latency / QueuedShare);

    public DateTimeOffset EndsAt => CreatedAt + Latency;

    public bool Over(DateTimeOffset now) => now >= EndsAt;
}
