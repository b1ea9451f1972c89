using System.Text.Json;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Embedded.Storage;
using TryOn.Engine;
using TryOn.Engine.Jobs;

namespace TryOn.Embedded.Turns;

/// <summary>Carries calls onto a job's turn.</summary>
internal sealed class JobProxy(Slots<JobActivation> slots, GrainKey key, SqliteStore store) : IJob
{
    public Task<Result<JobView>> Start(JobCommand.Start command) => slots.Run(key, j => j.Start(command));

    /// <summary>
    /// A job that is over changes no more, so it is read where it lies: histories and audits go through very many of them,
    /// and each would stay in memory for a while. One that is not over is taken up by being asked for.
    /// </summary>
    public async Task<Result<JobView>> Read()
    {
        if (slots.Holds(key))
            return await slots.Run(key, j => j.Read());
        if (await store.Read(key) is not { } stored)
            return Error.NoSuchJob;
        var job = JsonSerializer.Deserialize(stored.State, StateJson.Job)!;
        return JobMachine.Unfinished(job) ? await slots.Run(key, j => j.Read()) : JobMachine.View(job);
    }

    public Task<Result<JobView>> Cancel() => slots.Run(key, j => j.Cancel());

    /// <summary>Read first: a late hint to a job that is over, or that never was, takes nothing up.</summary>
    public async Task<Result<JobView>> Hint(int attempt)
    {
        var stands = await Read();
        return stands.Value is { Ended: false } ? await slots.Run(key, j => j.Hint(attempt)) : stands;
    }

    public Task<Result<Verdict>> Judge(JobCommand.Judge command) => slots.Run(key, j => j.Judge(command));
}
