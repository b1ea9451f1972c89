namespace TryOn.Api.Tests;

/// <summary>
/// One gateway for all tests that need no special configuration. These tests run one after the other.
/// </summary>
public sealed class SharedGateway : IAsyncLifetime
{
    public GatewayRun Run { get; private set; } = null!;

    public async Task InitializeAsync() => Run = await GatewayRun.Start();

    public async Task DisposeAsync() => await Run.DisposeAsync();
}

[CollectionDefinition(Name)]
public sealed class Shared : ICollectionFixture<SharedGateway>
{
    public const string Name = "shared gateway";
}

[CollectionDefinition(Name)]
public sealed class Live : ICollectionFixture<LiveGateway>
{
    public const string Name = "live gateway";
}
