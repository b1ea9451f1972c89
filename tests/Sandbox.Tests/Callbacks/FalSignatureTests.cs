using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace TryOn.Sandbox.Tests.Callbacks;

/// <summary>Verifies signatures as fal's documentation tells its customers to.</summary>
public sealed class FalSignatureTests
{
    private const string Keys = "/.well-known/jwks.json";

    [Fact]
    public async Task Fal_Signs_WithTheKeyThatItPublishes()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();

        await CallbackTests.Flux(sandbox, listener.Address);

        var heard = await listener.Next();
        Assert.True(await Signed(sandbox, heard));
        Assert.False(await Signed(sandbox, heard with { Body = [.. heard.Body, (byte)' '] }));
        Assert.Equal(heard.Json.GetProperty("request_id").GetString(), heard.Headers["x-fal-webhook-request-id"]);
        var at = DateTimeOffset.FromUnixTimeSeconds(
            long.Parse(heard.Headers["x-fal-webhook-timestamp"], CultureInfo.InvariantCulture));
        Assert.InRange((TimeProvider.System.GetUtcNow() - at).Duration(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Forge_OnACallback_HasNeitherAddressNorKey()
    {
        await using var listener = await Listener.Start();
        await using var sandbox = await SandboxRun.Start();
        await sandbox.Order(new { provider = "fal", operation = "callback", action = "forge" });

        await CallbackTests.Flux(sandbox, listener.Address);

        var heard = await listener.Next();
        Assert.StartsWith("/callbacks/it/", heard.Path, StringComparison.Ordinal);
        Assert.NotEqual("/callbacks/it/hash", heard.Path);
        Assert.False(await Signed(sandbox, heard));
    }

    [Fact]
    public async Task Keys_OfEachServer_AreItsOwn()
    {
        await using var one = await SandboxRun.Start();
        await using var other = await SandboxRun.Start();

        Assert.Equal(await Key(one), await Key(one));
        Assert.NotEqual(await Key(one), await Key(other));
    }

    [Fact]
    public async Task Keys_UnderAFault_AnswerWithTheFault()
    {
        await using var sandbox = await SandboxRun.Start();

        await sandbox.Order(new { provider = "fal", operation = "keys", action = "status", status = 503, times = 1 });

        Assert.Equal(503, (await sandbox.Get(Keys)).Status);
        Assert.Equal(200, (await sandbox.Get(Keys)).Status);
    }

    private static async Task<bool> Signed(SandboxRun sandbox, Heard heard)
    {
        string[] parts =
        [
            heard.Headers["x-fal-webhook-request-id"], heard.Headers["x-fal-webhook-user-id"],
            heard.Headers["x-fal-webhook-timestamp"], Convert.ToHexStringLower(SHA256.HashData(heard.Body)),
        ];
        var key = PublicKey.Import(
            SignatureAlgorithm.Ed25519, Base64Url.DecodeFromChars(await Key(sandbox)), KeyBlobFormat.RawPublicKey);
        return SignatureAlgorithm.Ed25519.Verify(
            key, Encoding.UTF8.GetBytes(string.Join('\n', parts)),
            Convert.FromHexString(heard.Headers["x-fal-webhook-signature"]));
    }

    private static async Task<string> Key(SandboxRun sandbox)
    {
        var key = Assert.Single((await sandbox.Get(Keys)).Json.GetProperty("keys").EnumerateArray());
        Assert.Equal(("OKP", "Ed25519"), (key.GetProperty("kty").GetString(), key.GetProperty("crv").GetString()));
        return key.GetProperty("x").GetString()!;
    }
}
