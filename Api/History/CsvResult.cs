using System.Text;

namespace TryOn.Api.History;

/// <summary>
/// Sends rows as they are read, so that memory use does not grow with the history. A read that fails midway aborts the
/// connection, so that a truncated file is never taken for a complete one.
/// </summary>
public sealed class CsvResult(
    string name, IReadOnlyList<object?> columns, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IResult
{
    private const int FlushChars = 16 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var cancellation = httpContext.RequestAborted;
        await using var reader = rows.GetAsyncEnumerator(cancellation);
        // The first row is read before the headers are sent, so that an immediate failure can still be reported as an
        // error.
        var more = await reader.MoveNextAsync();
        httpContext.Response.ContentType = "text/csv; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        httpContext.Response.Headers.XContentTypeOptions = "nosniff";
        var text = new StringBuilder(Csv.Line(columns));
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
