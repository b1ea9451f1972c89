using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using TryOn.Api.Accounts;
using TryOn.Core;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Start;

/// <summary>
/// In Development, opens an account with test credits on a gateway that has none, and prints its key with a request to
/// paste. The key is written to the terminal and never to a log.
/// </summary>
public sealed class FirstStart(
    IHostEnvironment environment, IDirectory directory, AccountOpening opening, IServer server)
        : IHostedLifecycleService
{
    private const string Name = "demo";
    private const int Credits = 100;

    private ApiKey? _key;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (environment.IsDevelopment() && await Empty(cancellationToken))
            _key = (await opening.Open(Name, AccountMode.Test, Credits, AccountLimits.Default)).Value?.Key;
    }

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        if (_key is not null)
            Console.WriteLine(Greeting(address, _key.Text));
        else if (environment.IsDevelopment())
            Console.WriteLine($"\nTryOn listens on {address} and goes on with the accounts it has.\n");
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task<bool> Empty(CancellationToken cancellation)
    {
        await foreach (var _ in directory.AccountIds(cancellation))
            return false;
        return true;
    }

    private static string Greeting(string address, string key) => $"""

        TryOn listens on {address}

          An account "{Name}" with {Credits} test credits was opened. Its key is shown this once:

            {key}

          Try it on, from the repository's folder:

            curl {address}/api/v1/tryon -H "Authorization: Bearer {key}" \
              -F model=google/gemini-2.5-flash-image \
              -F person_images=@samples/person.png -F garment_images=@samples/garment.png

          A test key is answered by a sandbox on this machine: no provider is called, nothing costs anything.

        """;
}
