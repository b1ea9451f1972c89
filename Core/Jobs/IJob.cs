using TryOn.Core.Errors;

namespace TryOn.Core.Jobs;

/// <summary>One job, wherever it lives.</summary>
public interface IJob
{
    /// <summary>Starts it, once. The same request again answers with the job as it stands.</summary>
    Task<Result<JobView>> Start(JobCommand.Start command);

    /// <summary>The committed job; <see cref="ErrorCode.NotFound"/> when there is none.</summary>
    Task<Result<JobView>> Read();

    /// <summary>Ends the job if it can, and says how it stands then: ended, to be canceled, or already over.</summary>
    Task<Result<JobView>> Cancel();

    /// <summary>
    /// Says that there may be news of an attempt, which is then asked for at once. Answers with the job as it stands,
    /// whatever was said.
    /// </summary>
    Task<Result<JobView>> Hint(int attempt);

    /// <summary>Takes the job up if nobody has, and says what its reservation should come to.</summary>
    Task<Result<Verdict>> Judge(JobCommand.Judge command);
}
