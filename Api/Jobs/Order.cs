using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TryOn.Api.Images;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using Route = TryOn.Core.Jobs.Route;

namespace TryOn.Api.Jobs;

/// <summary>A request that passed every check.</summary>
/// <param name="Routes">The first choice, and where to turn after it.</param>
/// <param name="Asked">What its fingerprint says of models: the one that was named first, and what else the caller said.</param>
internal sealed record Order(
    AccountView Account, Purchase For, ImmutableArray<Route> Routes, AskedModel Asked, CheckedImages Persons,
    CheckedImages Garments, string? Prompt, bool FastMode, int Count, CheckedImage? Mask)
{
    public DateTimeOffset? CancelAt { get; init; }

    public JobWebhook? Webhook { get; init; }

    /// <summary>Since when it is reserved for; null before, and where that was another sender's doing.</summary>
    public DateTimeOffset? ReservedAt { get; init; }

    /// <summary>Hash of the request's bytes.</summary>
    public string? Sent { get; init; }

    public bool Streamed { get; init; }

    public bool ReturnBase64 { get; init; }

    /// <summary>The dearest way that it may end.</summary>
    public long Reserve => Routes.Max(route => route.Credits);

    /// <summary>Two requests are the same when this is: pictures by content, whichever way they came.</summary>
    public string Fingerprint { get; } = Hash(Asked, Persons, Garments, FastMode, Count, Mask);

    private static string Hash(
        AskedModel asked, CheckedImages persons, CheckedImages garments, bool fast, int count, CheckedImage? mask)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var prompt = asked.Prompt;
        hash.AppendData(Encoding.UTF8.GetBytes($"{asked.Slug}\n{fast}\n{prompt?.Length}\n{prompt}\n{persons.Items.Length}"));
        // One model's and one picture's hash is as it was before there were several: keys in use keep their meaning.
        if (count > 1)
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{count} pictures"));
        if (asked.More is { } more)
            hash.AppendData(Encoding.UTF8.GetBytes($"\nroutes {more.Length}\n{more}"));
        if (mask is not null)
            hash.AppendData([.. "\nmask\n"u8, .. SHA256.HashData(mask.Content)]);
        foreach (var image in persons.Items.Concat(garments.Items))
            hash.AppendData(SHA256.HashData(image.Content));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <param name="Prompt">Null where no model that was named takes one.</param>
/// <param name="More">Null where nothing but one model was named.</param>
internal sealed record AskedModel(string Slug, string? Prompt, string? More);

internal sealed record CheckedImages(ImmutableArray<CheckedImage> Items);
