using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Gemini;

/// <summary>Builds replies. A request's first picture is taken as the person, the second as the garment.</summary>
public static class GeminiReplies
{
    private const int TokensPerInput = 258;
    private const int TokensPerOutput = 1290;
    private const int LettersPerToken = 4;

    public static Answer Picture(GeminiRequest request, Fitting? fitting, string responseId)
    {
        var parts = new List<GeminiPart>();
        if (request.WantsText)
            parts.Add(new GeminiPart("The person of image 1 in the garment of image 2.", InlineData: null));
        if (request.WantsImage && fitting is not null)
            parts.Add(new GeminiPart(Text: null, new GeminiBlob(fitting.MimeType(), fitting.Picture())));
        return parts.Count == 0
            ? NoPicture(request, "NO_IMAGE", responseId)
            : Reply(request, new GeminiCandidate(0, new GeminiContent("model", parts), "STOP", []), responseId);
    }

    public static Answer NoPicture(GeminiRequest request, string finishReason, string responseId) =>
        Reply(request, new GeminiCandidate(0, Content: null, finishReason, []), responseId);

    private static Answer Reply(GeminiRequest request, GeminiCandidate candidate, string responseId)
    {
        var images = request.Pictures.Count * TokensPerInput;
        var text = request.TextLength / LettersPerToken;
        var made = candidate.Content is null ? 0 : TokensPerOutput;
        var usage = new GeminiUsage(
            images + text, made, images + text + made,
            [new GeminiTokens("TEXT", text), new GeminiTokens("IMAGE", images)]);
        var reply = new GeminiReply([candidate], usage, request.Model.Name, responseId);
        return Answer.Json(StatusCodes.Status200OK, reply, GeminiWire.Options);
    }
}
