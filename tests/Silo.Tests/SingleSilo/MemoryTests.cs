using TryOn.Behaviour;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Providers;
using TryOn.Grains.Accounts;
using TryOn.Grains.Jobs;
using ErrorCode = TryOn.Core.Errors.ErrorCode;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class MemoryTests
{
    private const int Many = 200;

    /// <summary>A job has five versions: accepted, submitting, waiting, picture stored, settled.</summary>
    private const long LastVersion = 5;

    [Fact]
    public async Task EndedJobs_Read_DoNotStayInMemory()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("reader", credits: Many);
        var ids = await Task.WhenAll(Enumerable.Range(0, Many).Select(_ => scene.Run("reader")));
        await scene.WaitUntilSettled(account);
        await Task.WhenAll(ids.Select(id => Scene.Until(
            () => host.Directory.Job(id).Read(), job => job.Value?.Version == LastVersion, $"{id}'s last change")));
        await host.Restart();
        Assert.Equal(0, await host.Count(typeof(JobGrain)));

        var jobs = await Task.WhenAll(ids.Select(id => host.Directory.Job(id).Read()));

        Assert.All(jobs, job => Assert.Equal(JobStatus.Succeeded, job.Value!.Status));
        await Scene.Until(() => host.Count(typeof(JobGrain)), count => count == 0, "the jobs to leave memory");
    }

    [Fact]
    public async Task Keys_OfAccountsThatDoNotExist_TakeUpNoMemory()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();

        var refused = await Task.WhenAll(Enumerable.Range(0, Many).Select(number => host.Directory
            .Account($"stranger-{number}").Authenticate(new string('a', 64), RouteClass.Status, KeyScopes.None)));

        Assert.All(refused, reply => Assert.Equal(ErrorCode.Authentication, reply.Error!.Code));
        await Scene.Until(() => host.Count(typeof(AccountGrain)), count => count == 0, "the accounts to leave memory");
    }

    /// <summary>Each call deactivates the grain while the other calls are on their way to it.</summary>
    [Fact]
    public async Task Grains_ThatLeaveMemory_AnswerManyAtOnce()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("popular", credits: 1);
        var id = await scene.Run("popular");
        await scene.WaitUntilSettled(account);
        await scene.WaitUntilEnded(id);

        for (var round = 0; round < 10; round++)
        {
            var jobs = Enumerable.Range(0, Many).Select(_ => Task.Run(() => host.Directory.Job(id).Read()));
            var strangers = Enumerable.Range(0, Many).Select(_ => Task.Run(() => host.Directory.Account("stranger")
                .Authenticate(new string('a', 64), RouteClass.Status, KeyScopes.None)));
            var refused = await Task.WhenAll(strangers);
            Assert.All(refused, reply => Assert.Equal(ErrorCode.Authentication, reply.Error!.Code));
            Assert.All(await Task.WhenAll(jobs), job => Assert.Equal(JobStatus.Succeeded, job.Value!.Status));
        }

        await Scene.Until(() => host.Count(typeof(JobGrain)), count => count == 0, "the job to leave memory");
    }

    [Fact]
    public async Task Grains_WithNothingToDo_LeaveMemory()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("transient", credits: 5);
        foreach (var id in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => scene.Run("transient"))))
            await scene.WaitUntilEnded(id);
        await scene.WaitUntilSettled(account);

        await Scene.Until(
            async () =>
            {
                await host.Management.ForceActivationCollection(TimeSpan.Zero);
                return await host.Count(typeof(JobGrain)) + await host.Count(typeof(AccountGrain));
            },
            count => count == 0, "memory to empty");

        Assert.Equal(5, (await host.Directory.Account("transient").Read()).Value!.Captured);
    }

    [Fact]
    public async Task Job_ThatWaits_StaysInMemory()
    {
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        host.Provider.OnSubmit = _ =>
            Task.FromResult<ProviderReply>(new ProviderReply.Waiting("up", TimeSpan.FromMinutes(1)));
        var scene = new Scene(host);
        await scene.OpenAccount("busy", credits: 5);
        var id = await scene.Run("busy");
        await Scene.Until(
            async () => (await host.Directory.Job(id).Read()).Value!.Status, status => status == JobStatus.Waiting,
            "the job to wait");

        await host.Management.ForceActivationCollection(TimeSpan.Zero);

        Assert.Equal((1, 1), (await host.Count(typeof(JobGrain)), await host.Count(typeof(AccountGrain))));
    }
}
