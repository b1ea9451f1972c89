namespace TryOn.Api.Tests.Inputs;

/// <summary>A body of another type is told which types the route takes.</summary>
[Collection(Shared.Name)]
public sealed class BodyTypeTests(SharedGateway gateway)
{
    private const string Either = "application/json or multipart/form-data";
    private const string Json = "application/json;";

    public static TheoryData<string, string, string?> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string?>();
            foreach (var (path, types) in (ReadOnlySpan<(string, string)>)[
                ("/api/v1/tryon", Either), ("/api/v1/images", Either), ("/v1/images/generations", Either),
                ("/v1/images/edits", Either), ("/v1/chat/completions", Json), ("/v1/run", Json),
                ("/api/v1/tryon/clothes", Json), ("/api/v1/tryon/hairstyle", Json), ("/api/v1/keys", Json)])
            {
                foreach (var sent in (string?[])[null, "text/plain", "application/x-www-form-urlencoded", "nonsense"])
                    cases.Add(path, types, sent);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Body_OfAnotherType_IsToldTheTypesOfTheRoute(string path, string types, string? sent)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => account.Post(path, Requests.Text("{}", sent)));
        Assert.Equal(400, reply.Status);
        Assert.Contains(types, reply.Json.Text("message"), StringComparison.Ordinal);
    }
}
