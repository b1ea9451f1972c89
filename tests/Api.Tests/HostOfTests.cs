using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace TryOn.Api.Tests;

/// <summary>
/// What stands behind HTTP in these tests: here the embedded host. The cluster's tests run the same files over a host of
/// their own under this name.
/// </summary>
internal sealed class HostOfTests : IAsyncDisposable
{
    /// <param name="folder">Everything durable goes here, pictures into <c>pictures</c>.</param>
    public static Task<HostOfTests> Start(WebApplicationBuilder builder, string folder)
    {
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["TryOn:DataDirectory"] = folder });
        builder.AddGateway();
        return Task.FromResult(new HostOfTests());
    }

    public void Map(WebApplication app) => app.MapGateway();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
