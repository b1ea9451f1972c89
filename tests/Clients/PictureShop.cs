using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TryOn.Engine.Egress;

namespace TryOn.Clients.Tests;

/// <summary>
/// Serves https://example.com to the gateway under test: the name resolves to a public address whose connections end at
/// a server of this process. All egress checks apply as usual.
/// </summary>
internal sealed class PictureShop : IAsyncDisposable
{
    private const string Name = "example.com";
    private static readonly IPEndPoint Public = new(IPAddress.Parse("93.184.216.34"), 443);

    private readonly X509Certificate2 _certificate = Certificate();
    private readonly WebApplication _app;

    private PictureShop()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(server =>
            server.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate)));
        _app = builder.Build();
        _app.MapGet("/{name}.jpg", (string name) =>
        {
            Visits.Enqueue(name);
            return Results.Bytes(name == "person" ? TestPictures.Person : TestPictures.Garment, "image/jpeg");
        });
    }

    public ConcurrentQueue<string> Visits { get; } = new();

    public EgressNetwork Network => new(Resolve, Connect) { Issuers = [_certificate] };

    public static async Task<PictureShop> Open()
    {
        var shop = new PictureShop();
        await shop._app.StartAsync();
        return shop;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private static ValueTask<IReadOnlyList<IPAddress>> Resolve(string host, CancellationToken cancellation) =>
        host == Name ? new([Public.Address]) : EgressNetwork.Real.Resolve(host, cancellation);

    private ValueTask<Stream> Connect(IPEndPoint endpoint, CancellationToken cancellation)
    {
        var here = new IPEndPoint(IPAddress.Loopback, new Uri(_app.Urls.Single()).Port);
        return EgressNetwork.Real.Connect(endpoint.Equals(Public) ? here : endpoint, cancellation);
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={Name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(Name);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
    }
}
