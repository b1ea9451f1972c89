namespace TryOn.Api.Tests.Chat;

/// <summary>Clients send the whole conversation each time: only its last pictures are asked for.</summary>
[Collection(Shared.Name)]
public sealed class ChatHistoryTests(SharedGateway gateway)
{
    private static readonly string First = Pair(TestPictures.Plain(310, 310, 10), TestPictures.Plain(320, 320, 20));
    private static readonly string Second = Pair(TestPictures.Person, TestPictures.Garment);
    private static readonly string Answer = """{"role": "assistant", "content": "Here it is."}""";

    public static TheoryData<string> Histories => new(
        $"{User(Words("a hat"), First)}, {Answer}, {User(Words("a coat"), Second)}",
        $"{User(First)}, {User(Words("a coat"), Second)}",
        $"{User("""{"type": "input_audio"}""", First)}, {Answer}, {User(Words("a coat"), Second)}",
        $"{User(Words("a coat"), Second)}, {Answer}",
        $"{User(First)}, {Answer}, {User(Words("a coat"))}, {Answer}, {User(Second)}",
        $$"""{{User(First)}}, {{Answer}}, {{User(Second)}}, {"role": "user", "content": "a coat"}""");

    [Theory]
    [MemberData(nameof(Histories))]
    public async Task Pictures_OfTheLastTurnThatHasAny_AreTheJob(string messages)
    {
        var account = await gateway.Run.Open();
        var plain = await account.Chat(Body(User(Words("a coat"), Second)), "history");
        var reply = await account.Chat(Body(messages), "history");
        Assert.True(reply.Status == 200, reply.Text);
        Assert.Equal(plain.Json.Text("id"), reply.Json.Text("id"));
    }

    [Fact]
    public async Task Roles_OfEarlierTurns_DoNotCount()
    {
        var account = await gateway.Run.Open();
        var first = User(Part(TestPictures.Plain(310, 310, 10), "garment"), Part(TestPictures.Garment, "person"));
        var second = User(Part(TestPictures.Person, "person"), Part(TestPictures.Garment, "garment"));
        var plain = await account.Chat(Body(second), "roles");
        var reply = await account.Chat(Body($"{first}, {Answer}, {second}"), "roles");
        Assert.Equal((200, plain.Json.Text("id")), (reply.Status, reply.Json.Text("id")));
    }

    private static string Pair(byte[] person, byte[] garment) => $"{Part(person)}, {Part(garment)}";

    private static string Part(byte[] picture, string? role = null) =>
        $$"""{"type": "image_url", "image_url": {"url": "{{TestPictures.Url(picture)}}"}{{Role(role)}}}""";

    private static string Role(string? role) => role is null ? "" : $", \"tryon_role\": \"{role}\"";

    private static string Words(string words) => $$"""{"type": "text", "text": "{{words}}"}""";

    private static string User(params string[] parts) =>
        $$"""{"role": "user", "content": [{{string.Join(", ", parts)}}]}""";

    private static HttpContent Body(string messages) =>
        Requests.Text($$"""{"model": "{{Requests.Gemini}}", "messages": [{{messages}}]}""");
}
