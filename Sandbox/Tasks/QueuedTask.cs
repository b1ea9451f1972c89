using System.Security.Cryptography;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Tasks;

/// <summary>One task of an upstream with a queue; its status is a function of time.</summary>
/// <param name="Failure">The upstream's error with which the task is to fail; null if it is to succeed.</param>
/// <param name="Input">The input as the upstream's history shows it, as JSON; never a picture.</param>
public sealed record QueuedTask(
    string Id, string Model, DateTimeOffset CreatedAt, TimeSpan Latency, Fitting Fitting, string? Failure, object Input)
{
    private const int QueuedShare = 10;

    /// <summary>
    /// The last segment of the result's address; random, so that it cannot be derived from the task's id.
    /// </summary>
    public string ResultName { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public bool IsQueued(DateTimeOffset now) => now < CreatedAt + (Latency / QueuedShare);

    public DateTimeOffset EndsAt => CreatedAt + Latency;

    public bool HasEnded(DateTimeOffset now) => now >= EndsAt;
}
