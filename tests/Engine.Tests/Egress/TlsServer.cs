using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace TryOn.Engine.Tests.Egress;

// A TLS server whose certificate has an unknown issuer and names the address of the issuer's certificate.
public sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _serving;

    public TlsServer(Uri issuerAddress)
    {
        _listener.Start();
        Address = new Uri($"https://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _serving = Serve(Certificate(issuerAddress));
    }

    public Uri Address { get; }

    public bool Greeted { get; private set; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
    }

    private async Task Serve(X509Certificate2 certificate)
    {
        try
        {
            using var client = await _listener.AcceptTcpClientAsync();
            Greeted = true;
            await using var stream = new SslStream(client.GetStream());
            // Offline, because the server itself would otherwise download the issuer's certificate.
            var context = SslStreamCertificateContext.Create(certificate, additionalCertificates: null, offline: true);
            var options = new SslServerAuthenticationOptions { ServerCertificateContext = context };
            await stream.AuthenticateAsServerAsync(options);
            await stream.CopyToAsync(Stream.Null);
        }
        catch (Exception failure) when (failure is IOException or SocketException or AuthenticationException)
        {
            // The client closes the connection as soon as it has seen the certificate.
        }
    }

    private static X509Certificate2 Certificate(Uri issuerAddress)
    {
        var from = DateTimeOffset.UnixEpoch;
        var to = from.AddYears(100);
        using var issuerKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var issuer = new CertificateRequest("CN=issuer", issuerKey, HashAlgorithmName.SHA256);
        issuer.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var authority = issuer.CreateSelfSigned(from, to);

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=shop.example", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("shop.example");
        request.CertificateExtensions.Add(names.Build());
        var issuers = new X509AuthorityInformationAccessExtension(ocspUris: null, [issuerAddress.AbsoluteUri]);
        request.CertificateExtensions.Add(issuers);
        using var signed = request.Create(authority, from, to, [1, 2, 3, 4]);
        using var withKey = signed.CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), password: null);
    }
}
