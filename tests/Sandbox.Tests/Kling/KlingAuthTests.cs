using System.Net.Http.Json;

namespace TryOn.Sandbox.Tests.Kling;

public sealed class KlingAuthTests
{
    private readonly FakeTimeProvider _clock = new();

    private long Now => _clock.GetUtcNow().ToUnixTimeSeconds();

    [Theory]
    [InlineData("", 1001)]
    [InlineData("Basic c2FuZGJveA==", 1002)]
    [InlineData("Bearer ", 1002)]
    [InlineData("sandbox-kling-key", 1002)]
    [InlineData("Bearer another-key", 1000)]
    [InlineData("Bearer not.a.jwt", 1002)]
    public async Task Authorization_Wrong_IsRefusedWithItsCode(string authorization, int code)
    {
        await using var sandbox = await SandboxRun.Start();

        var reply = await sandbox.Submit(JsonContent.Create(KlingRequests.Body()), authorization);

        Assert.Equal((401, code), (reply.Status, reply.Code));
        Assert.NotEmpty(reply.Json.GetProperty("request_id").GetString()!);
    }

    [Fact]
    public async Task Jwt_AsDocumented_IsAccepted() =>
        await Answers(200, 0, KlingRequests.Jwt(new { iss = "sandbox-kling-access", exp = Now + 1800, nbf = Now - 5 }));

    [Fact]
    public async Task Jwt_OtherIssuer_Is1000() =>
        await Answers(401, 1000, KlingRequests.Jwt(new { iss = "other", exp = Now + 1800, nbf = Now - 5 }));

    [Fact]
    public async Task Jwt_OtherSecret_Is1000() => await Answers(
        401, 1000, KlingRequests.Jwt(
            new { iss = "sandbox-kling-access", exp = Now + 1800, nbf = Now - 5 }, secret: "other"));

    [Fact]
    public async Task Jwt_OtherAlgorithm_Is1002() => await Answers(
        401, 1002, KlingRequests.Jwt(
            new { iss = "sandbox-kling-access", exp = Now + 1800, nbf = Now - 5 }, algorithm: "none"));

    [Fact]
    public async Task Jwt_WithoutExpiry_Is1002() =>
        await Answers(401, 1002, KlingRequests.Jwt(new { iss = "sandbox-kling-access", nbf = Now - 5 }));

    [Fact]
    public async Task Jwt_NotYetValid_Is1003() =>
        await Answers(
            401, 1003, KlingRequests.Jwt(new { iss = "sandbox-kling-access", exp = Now + 1800, nbf = Now + 1 }));

    [Fact]
    public async Task Jwt_ExpiredThisSecond_Is1004() =>
        await Answers(401, 1004, KlingRequests.Jwt(new { iss = "sandbox-kling-access", exp = Now, nbf = Now - 1800 }));

    [Fact]
    public async Task Reads_WithoutKey_AreRefused()
    {
        await using var sandbox = await SandboxRun.Start();

        Assert.Equal(1001, (await sandbox.Get(SandboxRun.KlingPath, bearer: null)).Code);
        Assert.Equal(1000, (await sandbox.Get($"{SandboxRun.KlingPath}/x", bearer: "other")).Code);
    }

    private async Task Answers(int status, int code, string jwt)
    {
        await using var sandbox = await SandboxRun.Start(clock: _clock);
        var reply = await sandbox.Submit(JsonContent.Create(KlingRequests.Body()), $"Bearer {jwt}");
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }
}
