using System.ClientModel;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace TryOn.Clients.Tests;

/// <summary>NuGet's <c>OpenAI</c>. Its types have no roles, so the person comes first.</summary>
[Collection(OneGateway.Name)]
public sealed class OpenAiNetTests(Scene scene)
{
    private static readonly ChatMessage[] Messages =
    [
        new UserChatMessage(
            ChatMessageContentPart.CreateTextPart("put the garment on the person"),
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(TestPictures.Person), "image/png"),
            ChatMessageContentPart.CreateImagePart(BinaryData.FromBytes(TestPictures.Garment), "image/png")),
    ];

    [Fact]
    public async Task Chat_WithItsTypes_HasThePictureInItsRawAnswer()
    {
        var account = await scene.Run.Open();
        var answer = await Chat(account).CompleteChatAsync(Messages);
        Assert.Equal(ChatFinishReason.Stop, answer.Value.FinishReason);
        var raw = JsonSerializer.Deserialize<JsonElement>(answer.GetRawResponse().Content);
        var image = raw.List("choices")[0].GetProperty("message").List("images")[0];
        Assert.StartsWith("http", image.GetProperty("image_url").Text("url"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_WithItsTypes_EndsWell()
    {
        var account = await scene.Run.Open();
        var reasons = new List<ChatFinishReason?>();
        await foreach (var update in Chat(account).CompleteChatStreamingAsync(Messages))
            reasons.Add(update.FinishReason);
        Assert.Single(reasons, ChatFinishReason.Stop);
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
    }

    [Fact]
    public async Task Models_Listed_AreTheCatalog()
    {
        var account = await scene.Run.Open();
        var models = await new OpenAIModelClient(Credential(account), Options()).GetModelsAsync();
        Assert.Equal(Core.Models.Catalog.Models.Select(model => model.Slug), models.Value.Select(model => model.Id));
    }

    [Fact]
    public async Task Chat_WithoutCredits_IsAskedForOnce()
    {
        var account = await scene.Run.Open(credits: 0);
        var refused = await Assert.ThrowsAsync<ClientResultException>(() => Chat(account).CompleteChatAsync(Messages));
        Assert.Equal((402, 1), (refused.Status, scene.Hits(account)));
    }

    private ChatClient Chat(TestAccount account) => new(Requests.Kling, Credential(account), Options());

    private static ApiKeyCredential Credential(TestAccount account) => new(account.Key);

    private OpenAIClientOptions Options() => new() { Endpoint = new Uri(scene.Run.Address, "/api/v1") };
}
