namespace TryOn.Sandbox;

/// <summary>
/// Ignores process signals, which the outer host handles: it may still need its sandbox while it drains.
/// </summary>
public sealed class EmbeddedLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
