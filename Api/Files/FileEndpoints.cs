using TryOn.Api.Browsers;
using TryOn.Api.Documents;
using TryOn.Api.Errors;
using TryOn.Core;
using TryOn.Core.Errors;
using TryOn.Core.Pictures;

namespace TryOn.Api.Files;

public static class FileEndpoints
{
    private static readonly Error NoSuchFile = new(
        ErrorCode.NotFound, "There is no such picture, or its time is over.");

    public static IEndpointRouteBuilder MapFiles(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/files/{jobId}/{name}", Read).OpenToPages()
            .Describe("Results", "A picture, at its signed address")
            .Produces(StatusCodes.Status200OK, contentType: "image/png");
        return routes;
    }

    private static async Task<IResult> Read(
        string jobId, string name, string? expires, string? signature, HttpResponse response, ResultLinks links,
        IDirectory directory, IPictureStore pictures, CancellationToken cancellation)
    {
        var id = new PictureId(jobId, name);
        if (!long.TryParse(expires, out var until) || !links.Valid(id, until, signature ?? ""))
            return new ErrorResult(NoSuchFile);
        // A valid signature is not enough: the picture may have been deleted, so the job must still list it as a
        // result.
        var output = (await directory.Job(jobId).Read()).Value?.Outputs.FirstOrDefault(output => output.Picture == id);
        if (output is null || await pictures.Read(id, cancellation) is not { } content)
            return new ErrorResult(NoSuchFile);
        response.Headers.CacheControl = "private, max-age=3600";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentDisposition = $"inline; filename=\"{name}\"";
        response.Headers.ContentSecurityPolicy = "default-src 'none'";
        return TypedResults.Bytes(content, output.ContentType);
    }
}
