using System.Text.Json;
using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Books;

/// <summary>One submit as the upstream recorded it.</summary>
/// <param name="Answered">False when the connection was gone before the answer was sent.</param>
internal sealed record WitnessLine(
    DateTimeOffset At, string Provider, string Outcome, string? ExternalId, string? TaskId, string? HumanSha256,
    bool Answered)
{
    /// <summary>Whether a real upstream might charge for this submit.</summary>
    public bool Accepted => Outcome is "accepted" or "dropped_after";

    public override string ToString() =>
        $"{At:O} {Provider} {Outcome} {ExternalId ?? TaskId}{(Answered ? "" : ", answer lost")}";

    public static IReadOnlyList<WitnessLine> ReadAll(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(stream);
        return
        [
            .. reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<WitnessLine>(line, Wire.Json)!)
                .OrderBy(line => line.At),
        ];
    }
}
