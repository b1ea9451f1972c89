using TryOn.Api.Inputs;
using TryOn.Core.Errors;

namespace TryOn.Api.Chat;

/// <summary>
/// What counts of a chat. Clients send the whole history each time, and an earlier message has had its answer: so it is
/// the last of the user's messages that has a picture, and what the user wrote after it.
/// </summary>
public sealed record ChatTurn(IReadOnlyList<ChatPart> Parts)
{
    /// <summary>Everything the user wrote, except words that only label the picture after them.</summary>
    public string Words { get; } = string.Join('\n', Parts
        .Where((part, index) =>
            ImageRoles.Label(part.Text) is null || Parts.ElementAtOrDefault(index + 1)?.Picture is null)
        .Select(part => part.Text).Where(text => !string.IsNullOrWhiteSpace(text)));

    private bool HasPicture => Parts.Any(part => part.Picture is not null);

    public static Result<ChatTurn> Read(IEnumerable<ChatMessage?> messages)
    {
        var turn = new ChatTurn([]);
        var earlier = new Stack<ChatMessage>(messages.OfType<ChatMessage>().Where(message => message.Role == "user"));
        while (!turn.HasPicture && earlier.TryPop(out var message))
        {
            var parts = ChatPart.ReadAll(message.Content);
            if (!parts.Ok)
                return parts.Error;
            turn = new ChatTurn([.. parts.Value, .. turn.Parts]);
        }

        return turn.Words.Length > 0 ? turn : turn.After(earlier);
    }

    /// <summary>Pictures without a word are meant by what was written before them, up to the pictures before that.
    /// </summary>
    private ChatTurn After(Stack<ChatMessage> earlier)
    {
        var turn = this;
        while (earlier.TryPop(out var message) && ChatPart.ReadAll(message.Content) is { Ok: true } parts
            && !parts.Value.Any(part => part.Picture is not null))
        {
            turn = new ChatTurn([.. parts.Value, .. turn.Parts]);
        }

        return turn;
    }
}
