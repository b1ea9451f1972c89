using System.Security.Cryptography;
using TryOn.Core.Errors;

namespace TryOn.Api.Http;

/// <summary>
/// A request's JSON and a hash of its bytes, so that a client's retry can be told from a new request.
/// </summary>
public sealed record HashedJson<T>(T Body, string Hash)
    where T : class
{
    /// <summary>Hex digits of the hash that are kept: 128 bits.</summary>
    private const int Digits = 32;

    public static async Task<Result<HashedJson<T>>> Read(HttpRequest request, CancellationToken cancellation)
    {
        using var hash = SHA256.Create();
        await using var hashing = new CryptoStream(request.Body, hash, CryptoStreamMode.Read, leaveOpen: true);
        var body = await JsonBody.Read<T>(request, hashing, cancellation);
        return body.Map(value => new HashedJson<T>(value, Convert.ToHexStringLower(hash.Hash ?? [])[..Digits]));
    }
}
