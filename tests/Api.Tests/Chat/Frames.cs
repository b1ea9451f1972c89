using System.Text.Json;

namespace TryOn.Api.Tests.Chat;

/// <summary>A received stream: its comments, and its frames in order.</summary>
public sealed record Frames(IReadOnlyList<string> Comments, IReadOnlyList<JsonElement> Data, bool Done)
{
    private const string Prefix = "data: ";

    public IEnumerable<JsonElement> Choices => Data.SelectMany(frame => frame.List("choices"));

    public IEnumerable<JsonElement> Deltas => Choices.Select(choice => choice.GetProperty("delta"));

    public JsonElement Images => Deltas.Single(delta => delta.TryGetProperty("images", out _)).GetProperty("images");

    public static Frames Parse(Reply reply)
    {
        Assert.StartsWith("text/event-stream", reply.Header("Content-Type"), StringComparison.Ordinal);
        var frames = reply.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.All(frames, frame =>
            Assert.True(frame.StartsWith(Prefix, StringComparison.Ordinal) || frame[0] == ':', frame));
        var data = frames.Where(frame => frame[0] != ':').Select(frame => frame[Prefix.Length..]).ToList();
        return new Frames(
            [.. frames.Where(frame => frame[0] == ':')],
            [.. data.Where(text => text != "[DONE]").Select(text => JsonSerializer.Deserialize<JsonElement>(text))],
            data.Count > 0 && data[^1] == "[DONE]");
    }
}
