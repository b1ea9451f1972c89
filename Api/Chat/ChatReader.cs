using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Api.Images;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;

namespace TryOn.Api.Chat;

/// <summary>
/// Finds the person, the garments and the words in a chat. An image's part of the bargain is its <c>tryon_role</c>; where
/// a client drops that field, the first image without one is the person and the others are garments.
/// </summary>
public static class ChatReader
{
    private const string Person = "person";
    private const string Garment = "garment";

    public static async Task<Result<TryOnRequest>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var chat = await JsonBody.Read<ChatRequest>(request, cancellation);
        try
        {
            return chat.Ok ? Read(chat.Value, request, JsonBody.OptionsOf(request)) : chat.Error;
        }
        catch (JsonException broken)
        {
            return new Error(ErrorCode.InvalidRequest, "A message's content is text or a list of parts.", broken.Path);
        }
    }

    private static Result<TryOnRequest> Read(ChatRequest chat, HttpRequest request, JsonSerializerOptions json)
    {
        if (chat.Stream == true)
            return new Error(ErrorCode.InvalidRequest, "Streaming is not offered; leave stream out.", "stream");
        var parts = (chat.Messages ?? []).OfType<ChatMessage>().Where(message => message.Role == "user")
            .SelectMany(message => Parts(message, json)).OfType<ChatPart>().ToList();
        var images = parts.Where(part => part.Type == "image_url").ToList();
        if (images.Find(part => part.TryonRole is not (null or Person or Garment)) is not null)
            return new Error(ErrorCode.InvalidRequest, "A tryon_role is person or garment.", "messages");
        var roles = Roles(images);
        return new TryOnRequest(
            chat.Model, References(images, roles, Person), References(images, roles, Garment), HasMask: false,
            string.Join('\n', parts.Select(part => part.Text).Where(text => !string.IsNullOrWhiteSpace(text))),
            FastMode: false, request.Headers["Idempotency-Key"], chat.User);
    }

    private static IEnumerable<ChatPart?> Parts(ChatMessage message, JsonSerializerOptions json) =>
        message.Content.ValueKind switch
        {
            // Read as the serializer reads it: half a surrogate pair is the caller's broken JSON, and GetString would throw.
            JsonValueKind.String =>
                [new ChatPart("text", message.Content.Deserialize<string>(json), ImageUrl: null, TryonRole: null)],
            JsonValueKind.Array => message.Content.Deserialize<List<ChatPart?>>(json) ?? [],
            _ => [],
        };

    private static List<string> Roles(List<ChatPart> images)
    {
        var person = images.Exists(image => image.TryonRole == Person);
        var roles = new List<string>();
        foreach (var image in images)
        {
            roles.Add(image.TryonRole ?? (person ? Garment : Person));
            person = true;
        }

        return roles;
    }

    private static ImmutableArray<ImageReference> References(List<ChatPart> images, List<string> roles, string role) =>
    [
        .. images.Where((_, index) => roles[index] == role)
            .Select(image => new ImageReference("messages", Content: null, image.ImageUrl?.Url)),
    ];
}
