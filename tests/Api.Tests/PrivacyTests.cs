using System.Security.Cryptography;
using System.Text;

namespace TryOn.Api.Tests;

public sealed class PrivacyTests
{
    private readonly string _words = $"plaid-{RandomNumberGenerator.GetHexString(24)}";
    private readonly byte[] _mark = Encoding.ASCII.GetBytes($"pixels-{RandomNumberGenerator.GetHexString(24)}");

    [Fact]
    public async Task Gateway_AfterManyRequests_HasLoggedNoSecret()
    {
        await using var gateway = await GatewayRun.Start();
        var account = await gateway.Open();
        var link = await Use(gateway, account);
        Assert.Contains("Application started", gateway.Logs.Text, StringComparison.Ordinal);
        Assert.All(
            Secrets(account).Append(link[link.IndexOf("signature", StringComparison.Ordinal)..]),
            secret => Assert.DoesNotContain(secret, gateway.Logs.Text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Gateway_AfterItsJobsEnded_HasForgottenWhatCameIn()
    {
        await using var gateway = await GatewayRun.Start();
        var account = await gateway.Open();
        await Use(gateway, account);
        Assert.DoesNotContain(await gateway.Pictures(), name => name.Contains("/in-", StringComparison.Ordinal));
        await gateway.Stop();
        Assert.Empty(Traces(gateway.Root, account));
    }

    /// <summary>
    /// Sends prompts and pictures in every way there is, with success and failure. Returns the address of one result.
    /// </summary>
    private async Task<string> Use(GatewayRun gateway, TestAccount account)
    {
        var picture = TestPictures.Marked(_mark);
        (string, object)[] form = [("person_images", picture), ("garment_images", picture), ("prompt", _words)];
        var sync = await account.TryOn(Requests.Form(Requests.Gemini, form), _words);
        Assert.Equal(200, sync.Status);
        var link = sync.Json.List("output")[0].Text("url");
        Assert.Equal(200, (await gateway.Send(HttpMethod.Get, link, bearer: null)).Status);
        await account.WaitUntilEnded((await account.TryOn(Requests.Form(Requests.Kling, form))).Json.Text("id"));
        Assert.Equal(200, (await account.Chat(Requests.Json(Requests.Chat(Requests.Gemini, _words)))).Status);

        var broken = $$"""{"prompt":"{{_words}}","model":["{{TestPictures.Url(picture)}}""";
        Assert.Equal(400, (await account.TryOn(Requests.Text(broken))).Status);
        Assert.Equal(400, (await account.Chat(Requests.Text(broken))).Status);
        var unreadable = Requests.Form(Requests.Gemini, ("person_images", _words), ("garment_images", _mark));
        Assert.Equal(400, (await account.TryOn(unreadable)).Status);
        Assert.Equal(404, (await account.Get($"/api/v1/nothing?prompt={_words}&key={account.Key}")).Status);
        await account.WaitUntilSettled();
        return link;
    }

    private IEnumerable<string> Secrets(TestAccount account) =>
        [_words, Encoding.ASCII.GetString(_mark), account.Key, GatewayRun.AdminToken];

    private IEnumerable<string> Traces(string root, TestAccount account) =>
        from path in Directory.GetFiles(root, "*", SearchOption.AllDirectories)
        where Path.GetFileName(path) != "lock"
        from secret in Secrets(account)
        where File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.ASCII.GetBytes(secret)) >= 0
        select $"{secret} in {Path.GetFileName(path)}";
}
