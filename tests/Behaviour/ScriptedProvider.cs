using System.Collections.Concurrent;
using TryOn.Core.Egress;
using TryOn.Core.Providers;

namespace TryOn.Behaviour;

/// <summary>An upstream that does what a test says. Unless told otherwise it accepts and delivers at the first poll.</summary>
public sealed class ScriptedProvider : ITryOnProvider
{
    public const string ProviderName = "scripted";

    public static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    public string Name => ProviderName;

    public int ConcurrencyMax { get; init; } = 1000;

    public TimeSpan SubmitMax { get; init; } = TimeSpan.Zero;

    public EgressAllowList Downloads => EgressAllowList.Empty;

    /// <summary>Attempt ids in the order they were submitted: the independent witness.</summary>
    public ConcurrentQueue<string> Submitted { get; } = new();

    public Func<ProviderCall, Task<ProviderReply>> OnSubmit { get; set; } =
        call => Task.FromResult<ProviderReply>(new ProviderReply.Waiting($"up-{call.AttemptId}", Soon));

    public Func<string, Task<ProviderReply>> OnPoll { get; set; } =
        _ => Task.FromResult<ProviderReply>(new ProviderReply.Delivered([TestPictures.Png]));

    public Func<string, Task<ProviderReply>> OnFind { get; set; } =
        _ => Task.FromResult<ProviderReply>(new ProviderReply.Absent());

    public Func<string, Task<bool>> OnCancel { get; set; } = _ => Task.FromResult(false);

    public Task<ProviderReply> Submit(ProviderCall call, CancellationToken cancellation)
    {
        Submitted.Enqueue(call.AttemptId);
        return OnSubmit(call);
    }

    public Task<ProviderReply> Poll(string upstreamId, CancellationToken cancellation) => OnPoll(upstreamId);

    public Task<bool> Cancel(string upstreamId, CancellationToken cancellation) => OnCancel(upstreamId);

    public Task<ProviderReply> Find(string attemptId, string model, CancellationToken cancellation) => OnFind(attemptId);
}
