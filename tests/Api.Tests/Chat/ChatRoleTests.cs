namespace TryOn.Api.Tests.Chat;

/// <summary>Every way to assign roles to images gives the same job as the plain order of images.</summary>
[Collection(Shared.Name)]
public sealed class ChatRoleTests(SharedGateway gateway)
{
    private static readonly string Person = Image(TestPictures.Person);
    private static readonly string Garment = Image(TestPictures.Garment);

    public static TheoryData<string> Spellings => new(
        Body($"{Garment}, {Person}", """{ "tryon_roles": ["garment", "person"] }"""),
        Body($"{Garment}, {Person}", """{ "tryon_roles": ["garment"] }"""),
        Body($"{Garment}, {Person}", """{ "metadata": { "tryon_roles": "garment, person" } }"""),
        Body($$"""{ "type": "text", "text": "Garment:" }, {{Garment}}, {{Person}}"""),
        Body($$"""{{Image(TestPictures.Garment, ", \"tryon_role\": \"garment\"")}}, {{Person}}"""),
        Body($$"""{ "type": "text", "text": "Garment:" }, {{Person}}, {{Garment}}""",
            """{ "tryon_roles": ["person"] }"""));

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Roles_HoweverTheyAreSaid_AreTheSameJob(string json)
    {
        var account = await gateway.Run.Open();
        var plain = await account.Chat(Requests.Text(Body($"{Person}, {Garment}")), "roles");
        var said = await account.Chat(Requests.Text(json), "roles");
        Assert.True(said.Status == 200, said.Text);
        Assert.Equal(plain.Json.Text("id"), said.Json.Text("id"));
    }

    [Fact]
    public async Task Roles_ThatContradictEachOther_AreRefused()
    {
        var account = await gateway.Run.Open();
        var person = Image(TestPictures.Person, ", \"tryon_role\": \"person\"");
        var json = Body($"{person}, {Garment}", """{ "tryon_roles": ["garment", "person"] }""");
        Envelope.Check(
            await account.AssertUnchanged(() => account.Chat(Requests.Text(json))), 400, "BadRequest",
            "invalid_request",
            "tryon_roles");
    }

    private static string Image(byte[] picture, string more = "") =>
        $$"""{ "type": "image_url", "image_url": { "url": "{{TestPictures.Url(picture)}}" }{{more}} }""";

    private static string Body(string content, string fields = "{}") => new
    {
        model = Requests.Gemini,
    }.With($$"""{ "messages": [ { "role": "user", "content": [ {{content}} ] } ] }""").With(fields).ToJsonString();
}
