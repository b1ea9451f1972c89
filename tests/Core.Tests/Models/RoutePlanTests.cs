using TryOn.Core.Models;

namespace TryOn.Core.Tests.Models;

public sealed class RoutePlanTests
{
    private static readonly Model Kling = Catalog.Find("kling/kolors-v1-5")!;
    private static readonly Model Dear = Catalog.Find("openai/gpt-image-1")!;

    [Fact]
    public void Models_InOrder_EachWithItsOtherProviders() =>
        Assert.Equal("kling fal openai", Plan(RoutePreferences.None));

    [Fact]
    public void Order_OfProviders_PicksWithinAModel() =>
        Assert.Equal("fal kling openai", Plan(RoutePreferences.None with { Order = ["openai", "fal"] }));

    [Fact]
    public void Only_AndIgnore_LeaveOthersOut()
    {
        Assert.Equal("fal openai", Plan(RoutePreferences.None with { Only = ["openai", "fal"] }));
        Assert.Equal("kling openai", Plan(RoutePreferences.None with { Ignore = ["fal"] }));
        Assert.Equal("", Plan(RoutePreferences.None with { Only = ["gemini"] }));
    }

    [Fact]
    public void Plan_WithoutFallbacks_IsTheFirstReachableModel() =>
        Assert.Equal("fal", Plan(RoutePreferences.None with { AllowFallbacks = false }, unreachable: "kling"));

    [Fact]
    public void Route_Price_IsItsModels() => Assert.Equal(
        [1L, 1L, 2L], RoutePlan.Create([Kling, Dear], RoutePreferences.None, _ => true).Select(route => route.Credits));

    private static string Plan(RoutePreferences preferences, string unreachable = "") => string.Join(
        ' ', RoutePlan.Create([Kling, Dear], preferences, provider => provider != unreachable)
            .Select(route => route.Provider));
}
