using TryOn.Core.Keys;

namespace TryOn.Api.Tests.Keys;

[Collection(Shared.Name)]
public sealed class KeyFilterTests(SharedGateway gateway)
{
    public static TheoryData<string, string> Routes => new()
    {
        { "POST", "/api/v1/tryon" }, { "GET", "/api/v1/tryon/job_x" }, { "POST", "/api/v1/chat/completions" },
        { "GET", "/api/v1/models" }, { "GET", "/api/v1/models/kling/kolors-v1-5" }, { "GET", "/api/v1/credits" },
        { "GET", "/api/v1/keys" }, { "POST", "/api/v1/keys" },
        { "GET", "/api/v1/keys/x" }, { "PATCH", "/api/v1/keys/x" }, { "DELETE", "/api/v1/keys/x" },
        { "POST", "/api/v1/keys/x/rotate" }, { "GET", "/api/v1/key" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Request_WithoutAKey_IsRefused(string method, string path)
    {
        var reply = await gateway.Run.Send(new HttpMethod(method), path, bearer: null);
        Envelope.Check(reply, 401, "UnauthorizedAccess", "authentication");
        Assert.Equal("Bearer", reply.Header("WWW-Authenticate"));
    }

    [Fact]
    public async Task Request_WithAnyWrongKey_IsRefusedInTheSameWords()
    {
        var account = await gateway.Run.Open();
        var messages = new HashSet<string>();
        foreach (var key in Wrong(account))
        {
            var reply = await account.AssertUnchanged(
                () => gateway.Run.Send(HttpMethod.Post, "/api/v1/tryon", key, Requests.Good()));
            Envelope.Check(reply, 401, "UnauthorizedAccess", "authentication");
            messages.Add(reply.Json.Text("message"));
        }

        Assert.Single(messages);
    }

    [Theory]
    [InlineData("bearer ")]
    [InlineData("Bearer   ")]
    public async Task Key_HoweverItsSchemeIsWritten_IsTaken(string scheme)
    {
        var account = await gateway.Run.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/credits");
        request.Headers.TryAddWithoutValidation("Authorization", scheme + account.Key);
        Assert.Equal(200, (await gateway.Run.Send(request)).Status);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Basic ")]
    public async Task Key_UnderAnotherScheme_IsNotTaken(string scheme)
    {
        var account = await gateway.Run.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/credits");
        request.Headers.TryAddWithoutValidation("Authorization", scheme + account.Key);
        Envelope.Check(await gateway.Run.Send(request), 401, "UnauthorizedAccess", "authentication");
    }

    private static IEnumerable<string> Wrong(TestAccount account)
    {
        var secret = account.Key.Substring("tryon_test_".Length + ApiKey.AccountIdLength, ApiKey.SecretLength);
        var other = new string([.. secret.Reverse()]);
        yield return "sk-something-of-openai";
        yield return account.Key[..^1];
        yield return account.Key[..^1] + (account.Key[^1] == '0' ? '1' : '0');
        yield return account.Key.ToUpperInvariant();
        yield return account.Key.Replace("_test_", "_live_", StringComparison.Ordinal);
        yield return ApiKey.Create(AccountMode.Live, account.Id, secret).Text;
        yield return ApiKey.Create(AccountMode.Test, account.Id, other).Text;
        yield return ApiKey.Create(AccountMode.Test, "000000000000", secret).Text;
    }
}
