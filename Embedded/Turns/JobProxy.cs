using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Embedded.Storage;
using TryOn.Engine.Jobs;

namespace TryOn.Embedded.Turns;

/// <summary>Carries calls onto a job's turn.</summary>
internal sealed class JobProxy(Slots<JobActivation> slots, GrainKey key) : IJob
{
    public Task<Result<JobView>> Start(JobCommand.Start command) => slots.Run(key, j => j.Start(command));

    public Task<Result<JobView>> Read() => slots.Run(key, j => j.Read());

    public Task<Result<Verdict>> Judge(JobCommand.Judge command) => slots.Run(key, j => j.Judge(command));
}
