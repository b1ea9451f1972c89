using System.Collections.Concurrent;
using System.Text;
using TryOn.Core.Egress;

namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>A poster of webhooks whose answer a test sets.</summary>
internal sealed class ScriptedPoster(TimeProvider? clock = null) : IPoster
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    public PostResult Answer { get; set; } = new(200, null);

    public ConcurrentQueue<Posted> Tries { get; } = new();

    public int Posts => Tries.Count;

    public ValueTask<PostResult> Post(
        Uri address, PostContent content, FetchPolicy policy, CancellationToken cancellation)
    {
        var body = Encoding.UTF8.GetString(content.Body);
        Tries.Enqueue(new Posted(_clock.GetUtcNow(), content.Headers["webhook-id"], body, Answer.Status is 200));
        return ValueTask.FromResult(Answer);
    }
}

internal sealed record Posted(DateTimeOffset At, string Id, string Body, bool Taken);
