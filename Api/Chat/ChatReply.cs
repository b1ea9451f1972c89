using TryOn.Api.Outputs;
using TryOn.Core.Jobs;
using TryOn.Core.Models;

namespace TryOn.Api.Chat;

/// <summary>Renders pictures as a chat completion.</summary>
public static class ChatReply
{
    public static ChatCompletion FromResults(JobView job, ResultSet results)
    {
        var answer = new ChatAnswer("assistant", "", Refusal: null, Images(results));
        return new ChatCompletion(
            job.Id, "chat.completion", job.CreatedAt.ToUnixTimeSeconds(), job.Model,
            Catalog.Find(job.Model)?.ProviderName ?? "", SystemFingerprint: null,
            [new ChatChoice(0, "stop", "stop", Logprobs: null, answer)], Usage(results.Credits));
    }

    public static IReadOnlyList<ChatImage> Images(ResultSet results) =>
        [.. results.Pictures.Select(
            (picture, index) => new ChatImage("image_url", index, new ChatImageUrl(picture.Link)))];

    public static ChatUsage Usage(long credits) => new(0, 0, 0, credits, IsByok: false);
}
