using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace TryOn.Clients.Tests;

/// <summary>A gateway whose upstreams can be made to fail, with a count of the requests that reach it.</summary>
public sealed class Scene : IAsyncLifetime
{
    private readonly LiveGateway _gateway = new();
    private readonly string _pictures = Directory.CreateTempSubdirectory("tryon-clients-").FullName;
    private readonly HitCount _hits = new();

    public GatewayRun Run => _gateway.Run;

    public LiveGateway Gateway => _gateway;

    public async Task InitializeAsync()
    {
        _gateway.Overrides["TryOn:Egress:Allow:0"] = "127.0.0.0/8";
        _gateway.Services = services => services.AddSingleton<IStartupFilter>(_hits);
        await _gateway.InitializeAsync();
        await ClientProgram.Install();
    }

    public async Task DisposeAsync()
    {
        await _gateway.DisposeAsync();
        Directory.Delete(_pictures, recursive: true);
    }

    /// <summary>How many requests came with an account's key so far.</summary>
    public int Hits(TestAccount account) => _hits.CountFor(account.Key);

    internal string Picture(string name, byte[] content)
    {
        var path = Path.Combine(_pictures, name);
        if (!File.Exists(path))
            File.WriteAllBytes(path, content);
        return path;
    }

    private sealed class HitCount : IStartupFilter
    {
        private readonly ConcurrentDictionary<string, int> _byKey = new();

        public int CountFor(string key) => _byKey.GetValueOrDefault($"Bearer {key}");

        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((HttpContext context, RequestDelegate following) =>
            {
                _byKey.AddOrUpdate(context.Request.Headers.Authorization.ToString(), 1, (_, count) => count + 1);
                return following(context);
            });
            next(app);
        };
    }
}

[CollectionDefinition(Name)]
public sealed class OneGateway : ICollectionFixture<Scene>
{
    public const string Name = "one gateway";
}
