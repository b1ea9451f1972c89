using System.Collections.Immutable;
using TryOn.Api.Browsers;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Core.Errors;
using TryOn.Core.Pictures;

namespace TryOn.Api.Files;

public static class FileEndpoints
{
    /// <summary>Few, so that a gallery's pictures are made once and kept.</summary>
    private static readonly ImmutableArray<string> PreviewWidths = ["160", "320", "640", "1024"];

    private static readonly Error NoSuchFile = new(
        ErrorCode.NotFound, "There is no such picture, or its time is over.");

    public static IEndpointRouteBuilder MapFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/files/{jobId}/{name}", Read).OpenToPagesFromCache()
            .Describe("Results", "A picture, at the signed address that its job gave")
            .Produces(StatusCodes.Status200OK, contentType: "image/png");
        return routes;
    }

    private static async Task<IResult> Read(
        string jobId, string name, string? expires, string? signature, string? width, HttpResponse response,
        ResultLinks links, ResultFiles files, CancellationToken cancellation)
    {
        var id = new PictureId(jobId, name);
        if (!long.TryParse(expires, out var until) || !links.Valid(id, until, signature ?? ""))
            return new ErrorResult(NoSuchFile);
        if (width is not null && !PreviewWidths.Contains(width))
        {
            return new ErrorResult(new Error(
                ErrorCode.InvalidRequest, $"A preview's width is one of {string.Join(", ", PreviewWidths)}.", "width"));
        }

        var file = await files.Read(id, width is null ? null : int.Parse(width, null), cancellation);
        if (file is null)
            return new ErrorResult(NoSuchFile);
        response.Headers.CacheControl = "private, max-age=3600";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = $"inline; filename=\"{file.Name}\"";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return TypedResults.Bytes(file.Content, file.ContentType);
    }
}
