using System.Text.Json;
using TryOn.Api.Dialects;
using TryOn.Api.Jobs;

namespace TryOn.Api.Webhooks;

/// <summary>What FASHN posts to a webhook: the body of its status route, https://docs.fashn.ai/api-overview/webhooks.</summary>
public static class FashnMessage
{
    public static async Task<byte[]> Of(FashnStatuses statuses, JobSet jobs, string origin) =>
        JsonSerializer.SerializeToUtf8Bytes(await statuses.Of(jobs, origin, CancellationToken.None), JobMessage.Json);
}
