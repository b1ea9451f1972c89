namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class JobOwnershipTests(SharedGateway gateway)
{
    private const string NoJob = "job_0123456789012345678901";

    [Theory]
    [InlineData(NoJob)]
    [InlineData("x")]
    [InlineData("..%2F..%2Fsecret.key")]
    public async Task Job_ThatIsUnknown_IsNotFound(string id)
    {
        var account = await gateway.Run.Open();
        Envelope.Check(await account.Get($"/api/v1/tryon/{id}"), 404, "NotFound", "not_found");
    }

    [Fact]
    public async Task Job_OfAnotherAccount_LooksLikeNoJob()
    {
        var (owner, stranger) = (await gateway.Run.Open(), await gateway.Run.Open());
        var id = (await owner.TryOn(Requests.Good())).Json.Text("id");
        var (theirs, none) = (await stranger.Get($"/api/v1/tryon/{id}"), await stranger.Get($"/api/v1/tryon/{NoJob}"));
        Assert.Equal(404, theirs.Status);
        Assert.Equal(Anonymous(none), Anonymous(theirs));
    }

    /// <summary>Status, headers and body, without what differs between any two answers.</summary>
    private static string Anonymous(Reply reply)
    {
        var headers = reply.Headers.Where(header =>
            header.Key is not ("Date" or "x-request-id")
                && !header.Key.StartsWith("x-ratelimit-", StringComparison.Ordinal));
        var text = $"{reply.Status}\n{string.Join('\n', headers)}\n{reply.Text}";
        return text.Replace(reply.Header("x-request-id")!, "", StringComparison.Ordinal);
    }
}
