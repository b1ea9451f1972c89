using System.Collections.Concurrent;
using TryOn.Core.Egress;
using TryOn.Core.Providers;

namespace TryOn.Behaviour;

/// <summary>
/// An upstream that a test scripts. By default it accepts every submit and delivers at the first poll.
/// </summary>
public sealed class ScriptedProvider : ITryOnProvider
{
    public const string ProviderName = "scripted";

    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    private readonly ConcurrentDictionary<string, ProviderReply> _accepted = new();

    public string Name => ProviderName;

    public int ConcurrencyMax { get; init; } = 1000;

    public TimeSpan SubmitMax { get; init; } = TimeSpan.Zero;

    public EgressAllowList Downloads => EgressAllowList.Empty;

    /// <summary>The attempt ids that reached the upstream, in order.</summary>
    public ConcurrentQueue<string> Submitted { get; } = new();

    public Func<ProviderCall, Task<ProviderReply>> OnSubmit { get; set; } =
        call => Task.FromResult<ProviderReply>(new ProviderReply.Waiting($"up-{call.AttemptId}", Soon));

    public Func<string, Task<ProviderReply>> OnPoll { get; set; } =
        _ => Task.FromResult<ProviderReply>(new ProviderReply.Delivered([OnePixel.Png]));

    /// <summary>Null for an upstream that finds the attempts that it has accepted.</summary>
    public Func<string, Task<ProviderReply>>? OnFind { get; set; }

    public Func<string, Task<bool>> OnCancel { get; set; } = _ => Task.FromResult(false);

    public async Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        Submitted.Enqueue(call.AttemptId);
        var reply = await OnSubmit(call);
        if (reply is ProviderReply.Waiting)
            _accepted[call.AttemptId] = reply;
        return reply;
    }

    public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) => OnPoll(upstreamId);

    public Task<bool> Cancel(string upstreamId, CancellationToken cancellation) => OnCancel(upstreamId);

    public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) =>
        OnFind?.Invoke(attemptId)
        ?? Task.FromResult(_accepted.GetValueOrDefault(attemptId) ?? new ProviderReply.Absent());
}
