using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

/// <summary>
/// Searches the account's history for a lost request (https://docs.fal.ai/platform-apis). Only a single match of the
/// seed identifies it; two matches would mean that the seed is not unique.
/// </summary>
public sealed class FalSearch(
    FalOptions options, TimeProvider time, Func<HttpRequestMessage, Task<UpstreamAnswer>> send)
{
    private const int PagesMax = 20;

    /// <summary>How far back to search.</summary>
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(30);

    private readonly FalRequests _requests = new(options);

    public async Task<ProviderReply> Find(string attemptId, string endpoint)
    {
        var (from, to) = (time.GetUtcNow() - Window, time.GetUtcNow() + TimeSpan.FromMinutes(1));
        var matches = new List<string>();
        string? cursor = null;
        for (var page = 0; page < PagesMax; page++)
        {
            using var request = _requests.History(endpoint, from, to, cursor);
            var answer = await send(request);
            if (answer is not UpstreamAnswer.Answered { Succeeded: true } answered
                || FalHistory.Read(answered.Body) is not { } history)
                return SearchFailed(answer);
            matches.AddRange(Matches(history, FalRequests.SeedOf(attemptId)));
            cursor = history.NextCursor;
            if (history.HasMore != true || cursor is null)
                return Found(matches, endpoint);
        }

        return new ProviderReply.CannotTell();
    }

    /// <summary>A key that may not read the history will not be allowed to on a retry either.</summary>
    private static ProviderReply SearchFailed(UpstreamAnswer answer) =>
        answer is UpstreamAnswer.Answered { Status: 401 or 403 or 404 }
            ? new ProviderReply.CannotTell()
            : FalReplies.Fault(FalOperation.Poll, answer);

    private static IEnumerable<string> Matches(FalHistory history, int seed) =>
        history.Items!.Where(item => item?.HasSeed(seed) == true).Select(item => item!.RequestId).OfType<string>();

    private ProviderReply Found(List<string> matches, string endpoint) =>
        matches.Distinct(StringComparer.Ordinal).ToList() switch
        {
            [] => new ProviderReply.Absent(options.HistoryLag),
            [var id] => new ProviderReply.Waiting(
                FalAddresses.PathOf(null, endpoint, id, options), options.PollInterval),
            _ => new ProviderReply.CannotTell(),
        };
}
