using System.Text.Json.Serialization;
using TryOn.Core.Jobs;

namespace TryOn.Api.Images;

/// <summary>Pictures as OpenAI's and OpenRouter's image clients read them.</summary>
/// <param name="Created">Unix seconds.</param>
public sealed record ImageReply(long Created, IReadOnlyList<ImageDatum> Data, ImageUsage Usage)
{
    public static ImageReply Of(JobView job, ResultSet results) => new(
        job.CreatedAt.ToUnixTimeSeconds(), [.. results.Pictures.Select(ImageDatum.Of)], new ImageUsage(results.Credits));
}

public sealed record ImageDatum(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? B64Json,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Url,
    string MediaType)
{
    public static ImageDatum Of(ResultPicture picture) => picture.Content is { } bytes
        ? new ImageDatum(Convert.ToBase64String(bytes), Url: null, picture.ContentType)
        : new ImageDatum(B64Json: null, picture.Url, picture.ContentType);
}

/// <summary>Pictures have no tokens, but clients insist on the numbers, each under its own names.</summary>
/// <param name="Cost">Credits charged.</param>
public sealed record ImageUsage(
    long Cost, int PromptTokens = 0, int CompletionTokens = 0, int InputTokens = 0, int OutputTokens = 0, int TotalTokens = 0);

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

/// <param name="Code">The error's stable name. In this stream, unlike anywhere else, clients want text here.</param>
public sealed record ImageStreamError(string Code, string Message, string Type, string? Param);
