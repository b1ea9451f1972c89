using System.Security.Cryptography;
using System.Text;

namespace TryOn.Sandbox.Exchanges;

/// <summary>Compares an <c>Authorization</c> header with a scheme and a key.</summary>
public static class Credentials
{
    public static bool Match(HttpRequest request, string scheme, string key)
    {
        var sent = Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes($"{scheme} {key}"));
    }
}
