using System.Text.Json;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Streams;

/// <summary>
/// Keeps a JSON answer alive that takes long: blanks before a JSON text mean nothing to its reader (RFC 8259, section 2)
/// and a lot to a proxy. The first one costs the status line, so it is sent only once the wait has become long.
/// </summary>
public sealed class JsonWait(HttpContext context, JsonSerializerOptions json, TimeProvider clock, TimeSpan patience)
{
    private static readonly byte[] Blank = " "u8.ToArray();

    private readonly HttpResponse _response = context.Response;
    private readonly long _since = clock.GetTimestamp();

    public async Task Beat(CancellationToken cancellation)
    {
        if (clock.GetElapsedTime(_since) < patience)
            return;
        if (!_response.HasStarted)
            _response.ContentType = "application/json; charset=utf-8";
        await _response.Body.WriteAsync(Blank, cancellation);
        await _response.Body.FlushAsync(cancellation);
    }

    public Task End<T>(T value, CancellationToken cancellation) => _response.HasStarted
        ? JsonSerializer.SerializeAsync(_response.Body, value, json, cancellation)
        : _response.WriteAsJsonAsync(value, json, cancellation);

    /// <summary>With its own status, where the status is still ours to choose; the body says it in any case.</summary>
    public Task Fail(Error error, CancellationToken cancellation) => _response.HasStarted
        ? JsonSerializer.SerializeAsync(_response.Body, ErrorBody.Of(error, context), json, cancellation)
        : new ErrorResult(error).ExecuteAsync(context);
}
