using System.Collections.Immutable;
using System.Text.Json;
using TryOn.Api.Images;
using TryOn.Api.Jobs;
using TryOn.Api.Models;
using TryOn.Core.Errors;

namespace TryOn.Api.Chat;

/// <summary>A chat as the gateway understands it.</summary>
public sealed record ChatOrder(TryOnRequest Request, bool Stream, bool Inline);

/// <summary>Finds the person, the garments and the words in a chat.</summary>
public static class ChatReader
{
    public static async Task<Result<ChatOrder>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var chat = await HashedJson<ChatRequest>.Read(request, cancellation);
        try
        {
            return chat.Ok ? Read(chat.Value.Body, chat.Value.Hash, request) : chat.Error;
        }
        catch (JsonException broken)
        {
            return new Error(ErrorCode.InvalidRequest, "A message's content is text or a list of parts.", broken.Path);
        }
    }

    private static Result<ChatOrder> Read(ChatRequest chat, string hash, HttpRequest request)
    {
        var routing = Wanted(chat);
        if (routing.Models.Length is 0 or > Routing.ModelsMax)
        {
            return new Error(
                ErrorCode.InvalidRequest, $"A chat names one model, and at most {Routing.ModelsMax} in models.", "model");
        }

        var parts = Parts(chat, JsonBody.OptionsOf(request));
        var roles = ChatRoles.Of(parts, Listed(chat));
        if (!roles.Ok)
            return roles.Error;
        var images = parts.Where(part => part.Type == "image_url").ToList();
        var tryOn = new TryOnRequest(
            routing.Models[0], References(images, roles.Value, ChatRoles.Person),
            References(images, roles.Value, ChatRoles.Garment), Mask: null, Words(parts), FastMode: false,
            request.Headers["Idempotency-Key"], chat.User, chat.N ?? 1, routing, Repeat.Of(request, hash))
        {
            Streamed = chat.Stream == true,
        };
        return new ChatOrder(tryOn, tryOn.Streamed, OutputForm.Inline(request, chat.ImageConfig, chat.ReturnBase64));
    }

    private static Routing Wanted(ChatRequest chat) => new(
        [.. (chat.Models ?? []).Prepend(chat.Model).OfType<string>().Distinct()], chat.Provider);

    private static List<ChatPart> Parts(ChatRequest chat, JsonSerializerOptions json) =>
    [
        .. (chat.Messages ?? []).OfType<ChatMessage>().Where(message => message.Role == "user")
            .SelectMany(message => Parts(message, json)).OfType<ChatPart>(),
    ];

    private static IEnumerable<ChatPart?> Parts(ChatMessage message, JsonSerializerOptions json) =>
        message.Content.ValueKind switch
        {
            // Read as the serializer reads it: half a surrogate pair is the caller's broken JSON, and GetString would throw.
            JsonValueKind.String =>
                [new ChatPart("text", message.Content.Deserialize<string>(json), ImageUrl: null, TryonRole: null)],
            JsonValueKind.Array => message.Content.Deserialize<List<ChatPart?>>(json) ?? [],
            _ => [],
        };

    private static ImmutableArray<string> Listed(ChatRequest chat) => chat.TryonRoles
        ?? [.. (chat.Metadata?.TryonRoles ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Everything the user wrote, except words that only label the image after them.</summary>
    private static string Words(List<ChatPart> parts) => string.Join('\n', parts
        .Where((part, index) => ChatRoles.Label(part) is null || parts.ElementAtOrDefault(index + 1)?.Type != "image_url")
        .Select(part => part.Text).Where(text => !string.IsNullOrWhiteSpace(text)));

    private static ImmutableArray<ImageReference> References(List<ChatPart> images, ImageRoles roles, string role) =>
    [
        .. images.Where((_, index) => roles.Items[index] == role)
            .Select(image => new ImageReference("messages", Content: null, image.ImageUrl?.Url)),
    ];
}
