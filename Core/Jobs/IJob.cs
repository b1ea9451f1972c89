using TryOn.Core.Errors;

namespace TryOn.Core.Jobs;

/// <summary>One job, in this process or another. Every call resumes the job if a crash interrupted it.</summary>
public interface IJob
{
    /// <summary>Decides a command and commits its changes in one write.</summary>
    Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
        where TReply : class;

    /// <summary>The committed job; <see cref="ErrorCode.NotFound"/> if there is none.</summary>
    Task<Result<JobView>> Read();
}
