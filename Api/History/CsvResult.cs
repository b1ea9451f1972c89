using System.Text;

namespace TryOn.Api.History;

/// <summary>
/// Sends rows while they are read, so that the longest history needs no more memory than one piece of it. A reading that
/// fails on the way breaks the connection: a file that ends too early must not look whole.
/// </summary>
public sealed class CsvResult(string name, IReadOnlyList<object?> head, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IResult
{
    private const int FlushChars = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        await using var reader = rows.GetAsyncEnumerator(cancellation);
        // Read before the head is sent: what fails at once can still be told as an error.
        var more = await reader.MoveNextAsync();
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        var text = new StringBuilder(Csv.Line(head));
        for (; more; more = await reader.MoveNextAsync())
        {
            text.Append(Csv.Line(reader.Current));
            if (text.Length >= FlushChars)
                await Send(httpContext.Response, text, cancellation);
        }

        await Send(httpContext.Response, text, cancellation);
    }

    private static async Task Send(HttpResponse response, StringBuilder text, CancellationToken cancellation)
    {
        await response.Body.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellation);
        await response.Body.FlushAsync(cancellation);
        text.Clear();
    }
}
