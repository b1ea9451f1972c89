using static TryOn.Sandbox.Tests.Callbacks.CallbackTests;

namespace TryOn.Sandbox.Tests.Callbacks;

public sealed class CallbackFaultTests
{
    [Theory]
    [InlineData("duplicate", "processing processing succeed succeed")]
    [InlineData("reorder", "succeed processing")]
    public async Task Fault_OnCallbacks_ChangesThem(string action, string statuses)
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "callback", action });

        await Submit(sandbox, listener.Address);

        Assert.Equal(statuses.Split(' '), (await Heard(listener, statuses.Split(' ').Length)).Select(Status));
    }

    [Fact]
    public async Task DropBefore_OnACallback_PostsNothing()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "kling", operation = "callback", action = "drop_before", times = 1 });

        await Submit(sandbox, listener.Address, "att_1");
        await Submit(sandbox, listener.Address, "att_2");

        Assert.All(
            await Heard(listener, 2),
            heard => Assert.Equal(
                "att_2", heard.Json.GetProperty("task_info").GetProperty("external_task_id").GetString()));
    }

    [Fact]
    public async Task Delay_OnACallback_PostsLater()
    {
        var clock = new AwaitedClock();
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start(clock: clock);
        await sandbox.Order(new { provider = "kling", operation = "callback", action = "delay", delay_ms = 60_000 });

        await Submit(sandbox, listener.Address);
        await clock.Armed;
        Assert.Equal(0, listener.Unread);
        clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal("processing", Status(await listener.Next()));
    }

    [Fact]
    public async Task Forge_OnACallback_HasNeitherAddressNorSecret()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start(
            options => options.KlingWebhookSecret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=");
        await sandbox.Order(new { provider = "kling", operation = "callback", action = "forge" });

        await Submit(sandbox, listener.Address);

        var heard = await listener.Next();
        Assert.StartsWith("/callbacks/it/", heard.Path, StringComparison.Ordinal);
        Assert.NotEqual("/callbacks/it/hash", heard.Path);
        Assert.NotEqual(Signature(heard), heard.Headers["webhook-signature"]);
    }
}
