using System.Security.Cryptography;
using System.Text;
using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Kling;

/// <summary>Checks the bearer token: a static API key, or a JWT signed with the account's secret.</summary>
public sealed class KlingAuth(SandboxOptions options, TimeProvider clock)
{
    private const string Scheme = "Bearer ";

    public KlingError? Check(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
            return KlingErrors.AuthEmpty;
        if (!header.StartsWith(Scheme, StringComparison.Ordinal) || header.Length == Scheme.Length)
            return KlingErrors.AuthInvalid;
        var token = header[Scheme.Length..];
        if (Same(token, options.KlingApiKey))
            return null;
        return token.Count(letter => letter == '.') == 2 ? CheckJwt(token) : KlingErrors.AuthFailed;
    }

    private KlingError? CheckJwt(string token)
    {
        if (KlingJwt.Parse(token) is not { } jwt)
            return KlingErrors.AuthInvalid;
        if (!Same(jwt.Issuer, options.KlingAccessKey) || !jwt.IsSignedWith(options.KlingSecretKey))
            return KlingErrors.AuthFailed;
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        if (jwt.NotBefore > now)
            return KlingErrors.AuthNotYetValid;
        return jwt.Expires <= now ? KlingErrors.AuthExpired : null;
    }

    private static bool Same(string sent, string known) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(sent), Encoding.UTF8.GetBytes(known));
}
