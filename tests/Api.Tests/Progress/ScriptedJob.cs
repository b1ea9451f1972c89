using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Webhooks;

namespace TryOn.Api.Tests.Progress;

/// <summary>A job with a scripted history, which a test advances step by step.</summary>
internal sealed class ScriptedJob(
    string id, string accountId,
    IReadOnlyList<JobStatus> history, IJobFeed feed, Random random, params ImmutableArray<string> group) : IJob
{
    private readonly Lock _lock = new();
    private int _next = 1;
    private JobView _now = First(id, accountId, history[0]) with { Group = group };

    public string Id => id;

    public bool Over => _next == history.Count;

    /// <summary>
    /// Advances by several changes, and further until one of them is a visible step. The feed is best effort: it
    /// publishes only the last change, sometimes twice, and sometimes the previous one again.
    /// </summary>
    public void Advance(int steps)
    {
        lock (_lock)
        {
            var before = _now;
            for (var step = 0; (step < steps || _now.Steps == before.Steps) && _next < history.Count; step++)
                Enter(history[_next++]);
            if (_now == before)
                return;
            feed.Publish(_now);
            if (random.Next(3) == 0)
                feed.Publish(before);
            if (random.Next(3) == 0)
                feed.Publish(_now);
        }
    }

    public Task<Result<JobView>> Read()
    {
        lock (_lock)
            return Task.FromResult<Result<JobView>>(_now);
    }

    public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
        where TReply : class => throw new NotSupportedException();

    private static JobView First(string id, string accountId, JobStatus status) => new(
        id, accountId, AccountMode.Live, Requests.Kling, status, Version: 1, Credits: 1, DateTimeOffset.UnixEpoch,
        StartedAt: null, EndedAt: null, [], Error: null, "print", NeverStarted: false)
    {
        Steps = JobStep.After(newest: null, 1, status, ended: false),
    };

    /// <summary>Not every change of a job changes its status, so version numbers may be skipped.</summary>
    private void Enter(JobStatus status)
    {
        var version = _now.Version + random.Next(1, 4);
        var ended = status is JobStatus.Succeeded or JobStatus.Failed or JobStatus.Canceled;
        _now = _now with
        {
            Status = status,
            Version = version,
            Steps = JobStep.After(_now.Steps, version, status, ended),
            EndedAt = ended ? DateTimeOffset.UnixEpoch : null,
            Error = status == JobStatus.Failed
                ? new Error(Core.Errors.ErrorCode.ProviderFailed, "The provider failed.")
                : null,
        };
    }
}

/// <summary>A directory of scripted jobs and of those of the host.</summary>
internal sealed class ScriptedDirectory(IDirectory host) : IDirectory
{
    private readonly Dictionary<string, IJob> _jobs = [];

    public static void Register(IServiceCollection services)
    {
        var host = services.Last(service => service.ServiceType == typeof(IDirectory));
        services.AddSingleton(provider => new ScriptedDirectory((IDirectory)(
            host.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, host.ImplementationType!))));
        services.AddSingleton<IDirectory>(provider => provider.GetRequiredService<ScriptedDirectory>());
    }

    public void Add(ScriptedJob job) => _jobs.Add(job.Id, job);

    public IAccount Account(string id) => host.Account(id);

    public IJob Job(string id) => _jobs.GetValueOrDefault(id) ?? host.Job(id);

    public IDelivery Delivery(string id) => host.Delivery(id);

    public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => host.AccountIds(cancellation);
}
