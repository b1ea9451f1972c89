using System.Security.Cryptography;
using System.Text;

namespace TryOn.Sandbox.Exchanges;

/// <summary>An <c>Authorization</c> header: a scheme and a key.</summary>
public static class Credentials
{
    public static bool Are(HttpRequest request, string scheme, string key)
    {
        var sent = Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString());
        return CryptographicOperations.FixedTimeEquals(sent, Encoding.UTF8.GetBytes($"{scheme} {key}"));
    }
}
