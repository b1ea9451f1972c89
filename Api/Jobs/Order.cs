using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TryOn.Api.Inputs;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using Route = TryOn.Core.Jobs.Route;

namespace TryOn.Api.Jobs;

/// <summary>A request that passed all checks.</summary>
/// <param name="Routes">The first choice and its fallbacks, in order.</param>
/// <param name="Asked">The models as the fingerprint includes them: the first one named, and what else the caller
/// specified.</param>
internal sealed record Order(
    AccountView Account, Purchase For, ImmutableArray<Route> Routes, AskedModel Asked, CheckedImages Persons,
    CheckedImages Garments, string? Prompt, bool FastMode, int Count, CheckedImage? Mask)
{
    public DateTimeOffset? CancelAt { get; init; }

    public JobWebhook? Webhook { get; init; }

    /// <summary>When the credits were reserved; null before that, or if an earlier sender reserved them.</summary>
    public DateTimeOffset? ReservedAt { get; init; }

    /// <summary>Hash of the request's bytes.</summary>
    public string? Sent { get; init; }

    public bool Streamed { get; init; }

    public bool InlinePictures { get; init; }

    /// <summary>Credits to reserve: the price of the most expensive route.</summary>
    public long Reserve => Routes.Max(route => route.Credits);

    /// <summary>
    /// Equal for two requests that ask for the same. Pictures count by content, however they were sent.
    /// </summary>
    public string Fingerprint { get; } = Hash(Asked, Persons, Garments, FastMode, Count, Mask);

    private static string Hash(
        AskedModel asked, CheckedImages persons, CheckedImages garments, bool fast, int count, CheckedImage? mask)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var prompt = asked.Prompt;
        hash.AppendData(
            Encoding.UTF8.GetBytes($"{asked.Slug}\n{fast}\n{prompt?.Length}\n{prompt}\n{persons.Items.Length}"));
        // With one model and one picture the hash equals that of earlier versions, so that idempotency keys in use stay
        // valid.
        if (count > 1)
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{count} pictures"));
        if (asked.More is { } more)
            hash.AppendData(Encoding.UTF8.GetBytes($"\nroutes {more.Length}\n{more}"));
        if (mask is not null)
            hash.AppendData([.. "\nmask\n"u8, .. mask.SourceHash]);
        foreach (var image in persons.Items.Concat(garments.Items))
            hash.AppendData(image.SourceHash.AsSpan());
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <param name="Prompt">Null if no named model takes a prompt.</param>
/// <param name="More">Null if only one model was named.</param>
internal sealed record AskedModel(string Slug, string? Prompt, string? More);

internal sealed record CheckedImages(ImmutableArray<CheckedImage> Items);
