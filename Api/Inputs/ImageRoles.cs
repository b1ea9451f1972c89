using System.Collections.Immutable;
using TryOn.Core.Errors;

namespace TryOn.Api.Inputs;

/// <summary>
/// Who is on which image. A client may say it on the image, in a list, or in a word before the image; where it says
/// nothing, the first image is the person and the others are garments. Only a plain contradiction is refused.
/// </summary>
/// <param name="Items">One for each image, in their order.</param>
public sealed record ImageRoles(ImmutableArray<string> Items)
{
    public const string Person = "person";
    public const string Garment = "garment";

    /// <param name="listed">Roles of the images in their order, for as many as the client listed.</param>
    public static Result<ImageRoles> Resolve(IReadOnlyList<StatedRole> images, ImmutableArray<string> listed)
    {
        if (images.Select(image => image.Role).Concat(listed)
            .Any(role => role is not (null or Person or Garment)))
            return new Error(ErrorCode.InvalidRequest, "A tryon_role is person or garment.", "messages");
        if (listed.Length > images.Count)
            return new Error(ErrorCode.InvalidRequest, "tryon_roles names more images than there are.", "tryon_roles");
        var said = images.Select(
            (image, index) => (image.Role, Listed: listed.ElementAtOrDefault(index), image.Label));
        if (said.Any(image => image is { Role: not null, Listed: not null } && image.Role != image.Listed))
            return new Error(
                ErrorCode.InvalidRequest, "An image's tryon_role and tryon_roles contradict each other.",
                "tryon_roles");
        return new ImageRoles(Complete([.. said.Select(image => image.Role ?? image.Listed ?? image.Label)]));
    }

    /// <summary>The role that a text names if it is nothing but a label, such as <c>Garment:</c>.</summary>
    public static string? Label(string? text) => text?.Trim() is not { } trimmed || !trimmed.EndsWith(':')
        ? null
        : trimmed[..^1].TrimEnd().ToLowerInvariant() is var word and (Person or Garment) ? word : null;

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

/// <summary>What a client says of one image.</summary>
/// <param name="Role">On the image itself.</param>
/// <param name="Label">In a text before it.</param>
public readonly record struct StatedRole(string? Role = null, string? Label = null);
