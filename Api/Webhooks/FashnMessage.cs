using System.Text.Json;
using TryOn.Api.Dialects;
using TryOn.Api.Jobs;

namespace TryOn.Api.Webhooks;

/// <summary>
/// The body of FASHN's webhooks, which equals that of its status route: https://docs.fashn.ai/api-overview/webhooks.
/// </summary>
public static class FashnMessage
{
    public static async Task<byte[]> Write(FashnStatuses statuses, JobSet jobs, string origin) =>
        JsonSerializer.SerializeToUtf8Bytes(
            await statuses.Render(jobs, origin, CancellationToken.None), JobMessage.Json);
}
