using System.Text.Json.Serialization;
using TryOn.Api.Outputs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Images;

/// <summary>Pictures in the format of OpenAI's and OpenRouter's image clients.</summary>
/// <param name="Created">Unix seconds.</param>
public sealed record ImageReply(long Created, IReadOnlyList<ImageDatum> Data, ImageUsage Usage)
{
    public static ImageReply FromResults(JobView job, ResultSet results) => new(
        job.CreatedAt.ToUnixTimeSeconds(), [.. results.Pictures.Select(ImageDatum.FromPicture)],
        new ImageUsage(results.Credits));
}

public sealed record ImageDatum(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? B64Json,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    string MediaType)
{
    public static ImageDatum FromPicture(ResultPicture picture) => picture.Content is { } bytes
        ? new ImageDatum(Convert.ToBase64String(bytes), Url: null, picture.ContentType)
        : new ImageDatum(B64Json: null, picture.Url, picture.ContentType);
}

/// <summary>Pictures have no tokens, but clients require these counts, under different names.</summary>
/// <param name="Cost">Credits charged.</param>
public sealed record ImageUsage(
    long Cost, int PromptTokens = 0, int CompletionTokens = 0, int InputTokens = 0, int OutputTokens = 0,
    int TotalTokens = 0);

/// <summary>An event of a streamed image request.</summary>
/// <param name="Type">image_generation.completed, or image_edit.completed on the route for edits.</param>
public sealed record ImageCompleted(
    string Type,
    long Created,
    long CreatedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? B64Json,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    string MediaType,
    ImageUsage Usage);

public sealed record ImageStreamFailed(string Type, ImageStreamError Error);

/// <param name="Code">The error's stable name. Unlike in other error bodies, clients expect text here.</param>
public sealed record ImageStreamError(string Code, string Message, string Type, string? Param);
