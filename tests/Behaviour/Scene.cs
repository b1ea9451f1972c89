using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Pictures;

namespace TryOn.Behaviour;

/// <summary>
/// The set-up that most tests share: accounts with credits, jobs with pictures, and waiting for both.
/// </summary>
public sealed class Scene(HostUnderTest host)
{
    private static readonly TimeSpan PatienceDefault = TimeSpan.FromSeconds(20);

    private int _names;

    /// <summary>How long a test waits for a condition before it fails.</summary>
    public TimeSpan Patience { get; init; } = host.Patience;

    public async Task<IAccount> OpenAccount(string id, long credits, int concurrency = 1000)
    {
        var account = host.Directory.Account(id);
        var limits = new AccountLimits(RequestsPerMinute: 100_000, StatusRequestsPerMinute: 100_000, concurrency);
        await account.Ask(new AccountCommand.Open(id, id, AccountMode.Live, limits));
        if (credits > 0)
            await account.Ask(new AccountCommand.Grant(credits, "opening", ""));
        return account;
    }

    public string NewJobId() => $"job_{Interlocked.Increment(ref _names)}";

    public async Task<Result<JobView>> StartJob(
        string accountId, string jobId, string fingerprint = "f", TimeSpan? deadline = null, string? prompt = null,
        Func<JobSpec, JobSpec>? change = null)
    {
        var person = new PictureId(jobId, "in-person-0.png");
        var garment = new PictureId(jobId, "in-garment-0.png");
        await host.Pictures.Save(person, OnePixel.Png, CancellationToken.None);
        await host.Pictures.Save(garment, OnePixel.Png, CancellationToken.None);
        var spec = new JobSpec(
            accountId, AccountMode.Live, "model", ScriptedProvider.ProviderName, Credits: 1,
            [new JobPicture(person, ImageFormat.Png)], [new JobPicture(garment, ImageFormat.Png)], prompt,
            FastMode: false, fingerprint, TimeProvider.System.GetUtcNow() + (deadline ?? TimeSpan.FromMinutes(5)));
        return await host.Directory.Job(jobId).Ask(new JobCommand.Start(jobId, change?.Invoke(spec) ?? spec));
    }

    /// <summary>Reserves credits and starts a job, as the front end does.</summary>
    /// <param name="change">Changes the default specification of the job; null for none.</param>
    public async Task<string> Run(
        string accountId, TimeSpan? deadline = null, string? prompt = null, Func<JobSpec, JobSpec>? change = null,
        long reserve = 1)
    {
        var jobId = NewJobId();
        var reserved = await host.Directory.Account(accountId).Ask(new AccountCommand.Reserve(jobId, reserve, "f"));
        Assert.True(reserved.Ok, reserved.Error?.Message);
        Assert.True((await StartJob(accountId, jobId, deadline: deadline, prompt: prompt, change: change)).Ok);
        return jobId;
    }

    public Task<JobView> WaitUntilEnded(string jobId) => Until(
        async () => (await host.Directory.Job(jobId).Read()).Value, job => job is { Ended: true }, $"{jobId} to end",
        Patience)!;

    public Task<AccountView> WaitUntilSettled(IAccount account) => Until(
        async () => (await account.Read()).Value, view => view is { OpenReservations: 0 },
        "every reservation to resolve", Patience)!;

    /// <summary>
    /// Asserts how many paid calls the upstream received. Where writes fail, an attempt that the upstream reports as
    /// unknown may have been sent once more.
    /// </summary>
    public void AssertSubmits(int count)
    {
        var attempts = host.Provider.Submitted.CountBy(attempt => attempt).ToList();
        Assert.All(attempts, attempt => Assert.InRange(attempt.Value, 1, host.WritesFail ? 2 : 1));
        Assert.InRange(attempts.Count, count, host.WritesFail ? 2 * count : count);
    }

    public static async Task<T> Until<T>(Func<Task<T>> read, Func<T, bool> done, string what, TimeSpan? patience = null)
    {
        var limit = patience ?? PatienceDefault;
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        while (true)
        {
            var value = await read();
            if (done(value))
                return value;
            Assert.True(clock.GetElapsedTime(start) < limit, $"Waited {limit} for {what}; last seen: {value}");
            await Task.Delay(TimeSpan.FromMilliseconds(10), clock);
        }
    }
}
