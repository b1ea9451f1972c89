using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Engine.Gates;

namespace TryOn.Engine.Jobs;

/// <summary>
/// Carries out the effects of all jobs, and keeps no state. Each effect returns the command that tells the job its
/// outcome; an exception becomes the outcome that rules out the least.
/// </summary>
public sealed partial class JobEffects(
    IDirectory directory, Upstreams upstreams, IPictureStore pictures, ResultStore results, SubmitDrain drain,
    ILogger<JobEffects> logger)
{
    private readonly JobInputs _inputs = new(pictures);
    private readonly UpstreamCalls _calls = new(upstreams, new JobInputs(pictures), results, drain);
    private readonly EndOfJob _end = new(directory, logger);

    /// <summary>Null for an effect that has no answer.</summary>
    public async Task<JobCommand?> Perform(string jobId, JobSpec spec, JobEffect effect)
    {
        try
        {
            switch (effect)
            {
                case JobEffect.Settle settle:
                    return new JobCommand.AccountAnswered(await _end.Settle(jobId, spec, settle));
                case JobEffect.Notice notice:
                    return new JobCommand.Noticed(await _end.Notify(jobId, spec, notice.Webhook));
                case JobEffect.DeleteInputs:
                    await _inputs.Delete(spec);
                    return null;
                default:
                    return await _calls.Perform(jobId, spec, effect);
            }
        }
        catch (Exception failure)
        {
            LogFailed(logger, jobId, effect.GetType().Name, failure);
            return UnknownOutcome.ForEffect(effect);
        }
    }

    /// <inheritdoc cref="UpstreamCalls.SubmitRunning"/>
    public JobCommand.SubmitRunning? SubmitRunning(JobSpec spec, Attempt attempt, DateTimeOffset now) =>
        _calls.SubmitRunning(spec, attempt, now);

    /// <summary>A stop of the process waits until the returned object is disposed.</summary>
    public IDisposable BeginSubmit() => drain.Begin();

    /// <inheritdoc cref="UpstreamCalls.LeaveGates"/>
    public void LeaveGates(string jobId, JobSpec spec) => _calls.LeaveGates(jobId, spec);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: {Effect} threw")]
    private static partial void LogFailed(ILogger logger, string jobId, string effect, Exception failure);
}
