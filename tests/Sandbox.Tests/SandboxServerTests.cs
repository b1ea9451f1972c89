using System.Net;
using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Tests;

public sealed class SandboxServerTests
{
    [Fact]
    public async Task Guest_WhateverItsHostWasTold_BindsOneLoopbackPort()
    {
        const string HostSetting = "Kestrel__Endpoints__Host__Url";
        Environment.SetEnvironmentVariable(HostSetting, "http://127.0.0.1:0");
        try
        {
            await using var app = SandboxServer.Create(new SandboxOptions());
            await app.StartAsync();

            Assert.Single(app.Urls);
            Assert.Equal(IPAddress.Loopback.ToString(), SandboxServer.AddressOf(app).Host);
        }
        finally
        {
            Environment.SetEnvironmentVariable(HostSetting, null);
        }
    }

    [Fact]
    public async Task Process_GivenUrls_ListensThere()
    {
        await using var app = SandboxServer.Create(new SandboxOptions(), ["--urls", "http://127.0.0.1:0"]);
        await app.StartAsync();

        Assert.Equal("127.0.0.1", SandboxServer.AddressOf(app).Host);
        Assert.NotEqual(0, SandboxServer.AddressOf(app).Port);
    }

    [Fact]
    public async Task Stop_WhileACallIsDelayed_DoesNotWaitForIt()
    {
        var clock = new AwaitedClock();
        var sandbox = await SandboxRun.Start(options => options.Speed = 1, clock);
        var call = Gemini.GeminiRequests.Generate(sandbox, Gemini.GeminiRequests.Body());
        await clock.Armed;

        await sandbox.StopServer().WaitAsync(TimeSpan.FromSeconds(20));

        await Assert.ThrowsAsync<HttpRequestException>(() => call);
        await sandbox.DisposeAsync();
    }
}
