using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TryOn.Silo;

/// <summary>
/// Makes a silo unreachable over the network. Orleans opens its ports through connection listener factories that it
/// registers under its own service keys; each is replaced by one whose listener binds no socket and accepts no
/// connection. Calls within the silo never use a connection.
/// </summary>
internal static class ClosedPorts
{
    public static ISiloBuilder ClosePorts(this ISiloBuilder silo)
    {
        // The factory without a key is the web server's.
        var open = silo.Services
            .Where(service => service.ServiceType == typeof(IConnectionListenerFactory) && service.IsKeyedService)
                .ToList();
        foreach (var service in open)
        {
            silo.Services.Replace(ServiceDescriptor.KeyedSingleton<IConnectionListenerFactory>(
                service.ServiceKey, (_, _) => new ClosedListenerFactory()));
        }

        return open.Count > 0
            ? silo
            : throw new InvalidOperationException(
                "This version of Orleans does not open its ports through keyed connection listener factories.");
    }

    private sealed class ClosedListenerFactory : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(
            EndPoint endpoint, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IConnectionListener>(new ClosedListener(endpoint));
    }

    private sealed class ClosedListener(EndPoint endpoint) : IConnectionListener
    {
        private readonly TaskCompletionSource<ConnectionContext?> _unbound = new(
            TaskCreationOptions.RunContinuationsAsynchronously);

        public EndPoint EndPoint => endpoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default) =>
            await _unbound.Task.WaitAsync(cancellationToken);

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            _unbound.TrySetResult(null);
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => UnbindAsync();
    }
}
