using System.Text.Json;

namespace TryOn.Crash.Tests.Load;

/// <summary>The fields of a job in the API that these tests read.</summary>
internal sealed record JobBody(
    string Id, string Status, string Model, IReadOnlyList<JobPicture> Output, JobFault? Error)
{
    public bool Ended => Status is "succeeded" or "failed" or "canceled";
}

internal sealed record JobPicture(string Url, int Width, int Height);

internal sealed record JobFault(string Name, string Message);

internal static class Wire
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
    };
}
