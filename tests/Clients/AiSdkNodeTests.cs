
namespace TryOn.Clients.Tests;

/// <summary>npm's <c>ai</c> with OpenRouter's provider, which drops roles and expects bytes.</summary>
[Collection(OneGateway.Name)]
public sealed class AiSdkNodeTests(Scene scene)
{
    [NodeFact]
    public async Task Text_WithRolesInItsOptions_HasTheFile()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("ai-sdk", scene, account.Key, "text");
        Assert.Equal((1, "PNG", "image/png"), (told.Number("count"), told.Text("start"), told.Text("type")));
    }

    [NodeFact]
    public async Task Stream_OfAPicture_HasOneFile()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("ai-sdk", scene, account.Key, "stream");
        Assert.Equal(["PNG"], told.List("files").Select(file => file.GetString()));
    }

    [NodeFact]
    public async Task Image_WithTwoPictures_IsMade()
    {
        var account = await scene.Run.Open();
        var told = await ClientProgram.Run("ai-sdk", scene, account.Key, "image");
        Assert.Equal(("PNG", 1), (told.Text("start"), scene.Hits(account)));
    }
}
