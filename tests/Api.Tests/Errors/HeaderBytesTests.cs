using System.Text;
using System.Text.Json;

namespace TryOn.Api.Tests.Errors;

/// <summary>Headers that are not ASCII: clients write their keys in their platform's encoding.</summary>
[Collection(Shared.Name)]
public sealed class HeaderBytesTests(SharedGateway gateway)
{
    private const string Latin = "caf\u00e9";
    private const string OtherLatin = "caf\u00e8";

    [Fact]
    public async Task IdempotencyKey_InLatin1_IsAKeyLikeAnyOther()
    {
        var account = await gateway.Run.Open();
        var first = await TryOn(account, Latin);
        Assert.True(first.Status == 200, $"{first.Status} {first.Text}");
        Assert.Equal(first.Json.Text("id"), (await TryOn(account, Latin)).Json.Text("id"));
        Assert.NotEqual(first.Json.Text("id"), (await TryOn(account, OtherLatin)).Json.Text("id"));
        await account.WaitUntilSettled();
    }

    /// <summary>The key must be the same in either encoding.</summary>
    [Fact]
    public async Task IdempotencyKey_InUtf8_IsTheSameKey()
    {
        var account = await gateway.Run.Open();
        var utf8 = Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(Latin));
        Assert.Equal((await TryOn(account, utf8)).Json.Text("id"), (await TryOn(account, Latin)).Json.Text("id"));
        await account.WaitUntilSettled();
    }

    /// <summary>An incomplete UTF-8 sequence at the end is read as text and is neither dropped nor refused.</summary>
    [Fact]
    public async Task Header_ThatEndsInHalfALetter_IsRead()
    {
        var account = await gateway.Run.Open();
        Assert.NotEqual(
            (await TryOn(account, "caf\u00c3")).Json.Text("id"), (await TryOn(account, "caf")).Json.Text("id"));
        await account.WaitUntilSettled();
    }

    /// <summary>One of the requests that the server itself refuses, as docs/errors.md says.</summary>
    [Fact]
    public async Task Header_WithAZero_IsRefused()
    {
        var account = await gateway.Run.Open();
        Assert.Equal(400, (await TryOn(account, "caf\0")).Status);
    }

    private Task<Reply> TryOn(TestAccount account, string idempotencyKey)
    {
        var body = JsonSerializer.Serialize(new
        {
            model = Requests.Gemini,
            person_images = new[] { TestPictures.Url(TestPictures.Person) },
            garment_images = new[] { TestPictures.Url(TestPictures.Garment) },
        });
        var headers =
            $"Authorization: Bearer {account.Key}\r\nContent-Type: application/json\r\nIdempotency-Key: "
                + $"{idempotencyKey}";
        return RawCall.Post(gateway.Run.Address, "/api/v1/tryon", headers, body, body.Length, chunked: false);
    }
}
