using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Providers.Callbacks;

namespace TryOn.Api.Callbacks;

/// <summary>
/// Authenticates an upstream's callback and hints to its job that there may be news. The content of a callback is never
/// trusted: the job asks the upstream itself, so a callback only makes it ask sooner.
/// </summary>
public sealed partial class CallbackReceiver(
    CallbackAddress addresses, IEnumerable<ICallbackProtocol> protocols, HintLimiter limiter, IDirectory directory,
    ILogger<CallbackReceiver> logger)
{
    private readonly Dictionary<string, ICallbackProtocol> _protocols =
        protocols.ToDictionary(protocol => protocol.Provider);

    /// <summary>Whether the address is one that the gateway issued. This is checked before the body is read.</summary>
    public bool IsKnownAddress(CallbackPath path) =>
        _protocols.ContainsKey(path.Provider) && addresses.Verify(path.Provider, path.Attempt, path.Hash);

    public ValueTask<bool> IsAuthentic(CallbackPath path, CallbackMessage message, CancellationToken cancellation) =>
        _protocols[path.Provider].IsAuthentic(message, cancellation);

    /// <summary>
    /// Hints to the job. Errors are logged and not thrown: a lost hint only delays the job's next poll.
    /// </summary>
    public async Task Hint(CallbackPath path, CallbackMessage message)
    {
        if (!AttemptId.TryRead(path.Attempt, out var jobId, out var number)
            || !_protocols[path.Provider].MayHaveEnded(message) || !limiter.Take(path.Attempt))
        {
            return;
        }

        try
        {
            await directory.Job(jobId).Ask(new JobCommand.Hinted(number));
        }
        catch (Exception failure)
        {
            LogHintFailed(logger, jobId, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} could not be notified of a callback")]
    private static partial void LogHintFailed(ILogger logger, string jobId, Exception failure);
}

/// <summary>The parts of a callback's address.</summary>
public sealed record CallbackPath(string Provider, string Attempt, string Hash);
