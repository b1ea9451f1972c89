using System.Collections.Immutable;
using TryOn.Core.Errors;

namespace TryOn.Api.Chat;

/// <summary>
/// Who is on which image. A client may say it on the image, in a list, or in a word before the image; where it says
/// nothing, the first image is the person and the others are garments. Only a plain contradiction is refused.
/// </summary>
public static class ChatRoles
{
    public const string Person = "person";
    public const string Garment = "garment";

    public static Result<ImageRoles> Of(IReadOnlyList<ChatPart> parts, ImmutableArray<string> listed)
    {
        var images = Images(parts);
        if (images.Select(image => image.Part.TryonRole).Concat(listed).Any(role => role is not (null or Person or Garment)))
            return new Error(ErrorCode.InvalidRequest, "A tryon_role is person or garment.", "messages");
        if (listed.Length > images.Count)
            return new Error(ErrorCode.InvalidRequest, "tryon_roles names more images than there are.", "tryon_roles");
        var said = images.Select((image, index) => (image.Part.TryonRole, Listed: listed.ElementAtOrDefault(index), image.Label));
        if (said.Any(image => image is { TryonRole: not null, Listed: not null } && image.TryonRole != image.Listed))
            return new Error(ErrorCode.InvalidRequest, "An image's tryon_role and tryon_roles contradict each other.", "tryon_roles");
        return new ImageRoles(Complete([.. said.Select(image => image.TryonRole ?? image.Listed ?? image.Label)]));
    }

    /// <summary>The role that a text part names if it is nothing but a label, such as <c>Garment:</c>.</summary>
    public static string? Label(ChatPart? part) => part?.Text?.Trim() is not { } text || !text.EndsWith(':')
        ? null
        : text[..^1].TrimEnd().ToLowerInvariant() is var word and (Person or Garment) ? word : null;

    private static List<(ChatPart Part, string? Label)> Images(IReadOnlyList<ChatPart> parts) =>
    [
        .. parts.Select((part, index) => (Part: part, Label: index > 0 ? Label(parts[index - 1]) : null))
            .Where(pair => pair.Part.Type == "image_url"),
    ];

    private static ImmutableArray<string> Complete(List<string?> said)
    {
        var person = said.Contains(Person);
        var roles = ImmutableArray.CreateBuilder<string>();
        foreach (var role in said)
        {
            roles.Add(role ?? (person ? Garment : Person));
            person |= role is null;
        }

        return roles.ToImmutable();
    }
}

/// <param name="Items">One for each image, in their order.</param>
public sealed record ImageRoles(ImmutableArray<string> Items);
