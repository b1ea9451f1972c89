using TryOn.Api.Dialects;

namespace TryOn.Api.Tests.Dialects;

public sealed class SurfaceOptionsTests
{
    [Fact]
    public void Options_ByDefault_AreValid() =>
        Assert.True(new SurfaceOptionsValidator().Validate(name: null, new SurfaceOptions()).Succeeded);

    [Theory]
    [InlineData(
        "nobody/nothing", Requests.Gemini, "TryOn:Surfaces:ClothesModel is 'nobody/nothing'; set it to one of kling/")]
    [InlineData(
        Requests.Kling, Requests.Kling,
        "TryOn:Surfaces:HairstyleModel is 'kling/kolors-v1-5'; set it to one of google/")]
    public void Options_WithAModelThatCannot_AreRefused(string clothes, string hairstyle, string complaint)
    {
        var options = new SurfaceOptions { ClothesModel = clothes, HairstyleModel = hairstyle };
        var result = new SurfaceOptionsValidator().Validate(name: null, options);
        Assert.StartsWith(complaint, result.FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clothes_ByConfiguration_GoToAnotherModel()
    {
        await using var gateway = await GatewayRun.Start(new() { ["TryOn:Surfaces:ClothesModel"] = Requests.Gemini });
        var account = await gateway.Open();
        var id = Dialect.IdOf(await Dialect.Named(Dialect.TryItOn).Begin(account));
        await Dialect.Named(Dialect.TryItOn).Ended(account, id);
        Assert.Equal(Requests.Gemini, (await account.Get($"/api/v1/tryon/{id}")).Json.Text("model"));
    }
}
