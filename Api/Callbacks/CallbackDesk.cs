using TryOn.Core;
using TryOn.Core.Jobs;
using TryOn.Providers.Callbacks;

namespace TryOn.Api.Callbacks;

/// <summary>
/// Tells an upstream's callback from any other, and the job that there may be news. What a callback says is never taken for
/// true: the job asks the upstream itself, and sooner is all that comes of it.
/// </summary>
public sealed partial class CallbackDesk(
    CallbackAddress addresses, IEnumerable<ICallbackForm> forms, HintBudget budget, IDirectory directory,
    ILogger<CallbackDesk> logger)
{
    private readonly Dictionary<string, ICallbackForm> _forms = forms.ToDictionary(form => form.Provider);

    /// <summary>By its address alone, before anything of it is read.</summary>
    public bool Knows(CallbackPath path) =>
        _forms.ContainsKey(path.Provider) && addresses.Vouches(path.Provider, path.Attempt, path.Hash);

    public ValueTask<bool> Genuine(CallbackPath path, CallbackMessage message, CancellationToken cancellation) =>
        _forms[path.Provider].Genuine(message, cancellation);

    /// <summary>A hint that is lost costs nothing but time, so nothing that goes wrong here is anybody else's.</summary>
    public async Task Hint(CallbackPath path, CallbackMessage message)
    {
        if (!AttemptId.TryRead(path.Attempt, out var jobId, out var number)
            || !_forms[path.Provider].News(message) || !budget.Take(path.Attempt))
        {
            return;
        }

        try
        {
            await directory.Job(jobId).Ask(new JobCommand.Hinted(number));
        }
        catch (Exception failure)
        {
            LogLost(logger, jobId, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId} could not be told of a callback")]
    private static partial void LogLost(ILogger logger, string jobId, Exception failure);
}

/// <summary>The parts of the address that a callback came to.</summary>
public sealed record CallbackPath(string Provider, string Attempt, string Hash);
