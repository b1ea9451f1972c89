using System.Collections.Immutable;
using TryOn.Api.Http;
using TryOn.Api.Inputs;
using TryOn.Api.Jobs;
using TryOn.Api.Models;
using TryOn.Api.Outputs;
using TryOn.Core.Errors;

namespace TryOn.Api.Chat;

/// <summary>A chat request in the gateway's own terms.</summary>
public sealed record ChatOrder(TryOnRequest Request, bool Stream, bool Inline);

/// <summary>Extracts the person, the garments and the prompt from a chat.</summary>
public static class ChatReader
{
    public static async Task<Result<ChatOrder>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var chat = await HashedJson<ChatRequest>.Read(request, cancellation);
        return chat.Ok ? Read(chat.Value.Body, chat.Value.Hash, request) : chat.Error;
    }

    private static Result<ChatOrder> Read(ChatRequest chat, string hash, HttpRequest request)
    {
        var routing = RoutingOf(chat);
        if (routing.Models.Length is 0 or > Routing.ModelsMax)
        {
            return new Error(
                ErrorCode.InvalidRequest, $"A chat names one model, and at most {Routing.ModelsMax} in models.",
                "model");
        }

        var turn = ChatTurn.Read(chat.Messages ?? []);
        if (!turn.Ok)
            return turn.Error;
        var parts = turn.Value.Parts;
        var roles = ImageRoles.Resolve(StatedRoles(parts), ListedRoles(chat));
        if (!roles.Ok)
            return roles.Error;
        var images = parts.Where(part => part.Picture is not null).ToList();
        var tryOn = new TryOnRequest(
            routing.Models[0], References(images, roles.Value, ImageRoles.Person),
            References(images, roles.Value, ImageRoles.Garment), Mask: null, turn.Value.Words, FastMode: false,
            request.Headers["Idempotency-Key"], chat.User, chat.N ?? 1, routing, RetryMark.FromRequest(request, hash))
        {
            Streamed = chat.Stream == true,
        };
        return new ChatOrder(tryOn, tryOn.Streamed, OutputFormat.Inline(request, chat.ImageConfig, chat.ReturnBase64));
    }

    private static Routing RoutingOf(ChatRequest chat) => new(
        [.. (chat.Models ?? []).Prepend(chat.Model).OfType<string>().Distinct()], chat.Provider);

    private static List<StatedRole> StatedRoles(IReadOnlyList<ChatPart> parts) =>
    [
        .. parts.Select((part, index) => (Part: part, Before: index > 0 ? parts[index - 1].Text : null))
            .Where(pair => pair.Part.Picture is not null)
            .Select(pair => new StatedRole(pair.Part.TryonRole, ImageRoles.Label(pair.Before))),
    ];

    private static ImmutableArray<string> ListedRoles(ChatRequest chat) => chat.TryonRoles
        ?? [.. (chat.Metadata?.TryonRoles ?? "")
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    private static ImmutableArray<ImageReference> References(List<ChatPart> images, ImageRoles roles, string role) =>
    [
        .. images.Where((_, index) => roles.Items[index] == role)
            .Select(image => new ImageReference("messages", Content: null, image.Picture)),
    ];
}
