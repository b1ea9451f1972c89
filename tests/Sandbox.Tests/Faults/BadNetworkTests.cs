using TryOn.Sandbox.Tests.Kling;

namespace TryOn.Sandbox.Tests.Faults;

public sealed class BadNetworkTests
{
    [Fact]
    public async Task Truncate_OnSubmit_AcceptsAndSendsHalf()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "submit", action = "truncate", times = 1 });

        await Assert.ThrowsAsync<HttpRequestException>(() => sandbox.Submit(KlingRequests.Body("att_1")));

        Assert.Equal(0, (await sandbox.Poll("att_1")).Code);
    }

    [Fact]
    public async Task Huge_OnPoll_SwellsTheAnswerAndKeepsItsMeaning()
    {
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Submit(KlingRequests.Body("att_1"));
        await sandbox.Order(
            new { provider = "kling", operation = "poll", action = "huge", bytes = 200_000, times = 1 });

        var reply = await sandbox.Poll("att_1");

        Assert.True(reply.Body.Length > 200_000);
        Assert.Equal(0, reply.Code);
    }

    [Fact]
    public async Task SlowBytes_OnPoll_WaitsBeforeEachPiece()
    {
        var clock = new AwaitedClock();
        await using var sandbox = await SandboxRun.Start(clock: clock);
        await sandbox.Submit(KlingRequests.Body("att_1"));
        await sandbox.Order(new { provider = "kling", operation = "poll", action = "slow_bytes", delay_ms = 1000 });

        var reply = sandbox.Poll("att_1");
        await clock.Armed;
        Assert.False(reply.IsCompleted);
        while (!reply.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(0, (await reply).Code);
    }
}
