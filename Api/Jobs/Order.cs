using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using TryOn.Api.Images;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;
using TryOn.Core.Models;

namespace TryOn.Api.Jobs;

/// <summary>A request that passed every check.</summary>
internal sealed record Order(
    AccountView Account, Purchase For, Model Model, CheckedImages Persons, CheckedImages Garments, string? Prompt,
    bool FastMode, int Count)
{
    public DateTimeOffset? CancelAt { get; init; }

    public JobWebhook? Webhook { get; init; }

    /// <summary>Two requests are the same when this is: pictures by content, whichever way they came.</summary>
    public string Fingerprint { get; } = Hash(Model, Persons, Garments, Prompt, FastMode, Count);

    private static string Hash(
        Model model, CheckedImages persons, CheckedImages garments, string? prompt, bool fast, int count)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{model.Slug}\n{fast}\n{prompt?.Length}\n{prompt}\n{persons.Items.Length}"));
        // A single picture's hash is as it was before there were several: keys that are in use keep their meaning.
        if (count > 1)
            hash.AppendData(Encoding.UTF8.GetBytes($"\n{count} pictures"));
        foreach (var image in persons.Items.Concat(garments.Items))
            hash.AppendData(SHA256.HashData(image.Content));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

internal sealed record CheckedImages(ImmutableArray<CheckedImage> Items);
