using TryOn.Core.Errors;

namespace TryOn.Core.Jobs;

/// <summary>One job, wherever it lives. Whatever it is asked, it is taken up again if a crash interrupted it.</summary>
public interface IJob
{
    /// <summary>Decides a command and commits what it changes, in one turn and one write.</summary>
    Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
        where TReply : class;

    /// <summary>The committed job; <see cref="ErrorCode.NotFound"/> when there is none.</summary>
    Task<Result<JobView>> Read();
}
