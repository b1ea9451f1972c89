using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TryOn.Engine.Egress;

// One connection pool per set of rules. A pool hands a connection to any request for the same host, even while it is
// being opened for another request, so requests under different rules must not share a pool. The number of pools is the
// number of distinct allow lists, which only the operator's configuration can create.
internal sealed class GuardedPools(GuardedConnector connector, X509Certificate2Collection? issuers = null) : IDisposable
{
    private readonly ConcurrentDictionary<EgressRules, HttpMessageInvoker> _pools = new();

    public HttpMessageInvoker For(EgressRules rules) => _pools.GetOrAdd(rules, Open);

    public void Dispose()
    {
        foreach (var pool in _pools.Values) pool.Dispose();
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects", Justification = "The invoker owns it.")]
    private HttpMessageInvoker Open(EgressRules rules) => new(
        new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellation) => connector.Connect(Target(context), rules, cancellation),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            // Trace headers would reveal internal request ids.
            ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = 16, // KiB
            MaxResponseDrainSize = 0,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = OfflineChain() },
        },
        disposeHandler: true);

    // Danger: a certificate contains addresses of its issuer and its revocation list, and building the chain would
    // fetch them without these checks. A server must send its intermediate certificates itself.
    private X509ChainPolicy OfflineChain()
    {
        var policy = new X509ChainPolicy
        {
            DisableCertificateDownloads = true,
            RevocationMode = X509RevocationMode.NoCheck,
        };
        if (issuers is null) return policy;

        policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        policy.CustomTrustStore.AddRange(issuers);
        return policy;
    }

    private static EgressTarget Target(SocketsHttpConnectionContext context) => new(
        context.DnsEndPoint.Host,
        context.DnsEndPoint.Port,
        context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttps);
}
