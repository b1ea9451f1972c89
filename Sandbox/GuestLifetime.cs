namespace TryOn.Sandbox;

/// <summary>Leaves signals to the host of the process, which may still need its sandbox while it drains.</summary>
public sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
