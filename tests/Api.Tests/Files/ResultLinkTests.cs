namespace TryOn.Api.Tests.Files;

[Collection(Shared.Name)]
public sealed class ResultLinkTests(SharedGateway gateway)
{
    [Fact]
    public async Task Link_AnywayTamperedWith_IsTheSameNotFound()
    {
        var account = await gateway.Run.Open();
        var link = (await account.TryOn(Requests.Good())).Json.List("output")[0].Text("url");
        Assert.Equal(200, (await Fetch(link)).Status);

        var bodies = new HashSet<string>();
        foreach (var wrong in Tampered(link))
        {
            var reply = await Fetch(wrong);
            Assert.True(reply.Status == 404, $"{reply.Status} for {wrong}");
            Envelope.Check(reply, 404, "NotFound", "not_found");
            bodies.Add(reply.Text.Replace(reply.Header("x-request-id")!, "", StringComparison.Ordinal));
        }

        Assert.Single(bodies);
    }

    [Fact]
    public async Task Link_WithAnotherJobsPath_IsNotFound()
    {
        var account = await gateway.Run.Open();
        var one = (await account.TryOn(Requests.Good())).Json.List("output")[0].Text("url");
        var other = (await account.TryOn(Requests.Good())).Json.List("output")[0].Text("url");
        var mixed = new UriBuilder(one) { Path = new Uri(other).AbsolutePath };
        Assert.Equal(404, (await Fetch(mixed.ToString())).Status);
    }

    [Fact]
    public async Task Link_AskedForItsHead_IsWhatGetSaysWithoutThePicture()
    {
        var account = await gateway.Run.Open();
        var link = (await account.TryOn(Requests.Good())).Json.List("output")[0].Text("url");
        var (whole, head) = (await Fetch(link), await gateway.Run.Send(HttpMethod.Head, link, bearer: null));
        Assert.Equal((200, 0), (head.Status, head.Body.Length));
        Assert.Equal(Told(whole), Told(head));
        Assert.Equal($"{whole.Body.Length}", head.Header("Content-Length"));
        var lost = await gateway.Run.Send(HttpMethod.Head, link + "A", bearer: null);
        Assert.Equal((404, 0), (lost.Status, lost.Body.Length));
    }

    private static IEnumerable<(string, string)> Told(Reply reply) => reply.Headers
        .Where(header => header.Key is not ("Date" or "X-Request-ID")).Select(header => (header.Key, header.Value))
            .Order();

    private static IEnumerable<string> Tampered(string link)
    {
        var last = link[^2] == 'A' ? 'B' : 'A';
        yield return link[..^2] + last + link[^1];
        yield return link + "A";
        yield return link[..^1];
        yield return link[..link.IndexOf("&signature", StringComparison.Ordinal)];
        yield return link[..link.IndexOf('?', StringComparison.Ordinal)];
        yield return link.Replace("expires=1", "expires=2", StringComparison.Ordinal);
        yield return link.Replace("expires=", "expires=x", StringComparison.Ordinal);
        yield return link.Replace("expires=", "expires=99999999999999999999", StringComparison.Ordinal);
        yield return link.Replace("/out-", "/in-person-", StringComparison.Ordinal);
        yield return link.Replace(".png", ".jpg", StringComparison.Ordinal);
        yield return link.Replace("/job_", "/jab_", StringComparison.Ordinal);
        yield return link.Replace("/out-", "/..%2F..%2F", StringComparison.Ordinal);
    }

    private Task<Reply> Fetch(string link) => gateway.Run.Send(HttpMethod.Get, link, bearer: null);
}
