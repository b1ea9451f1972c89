using System.Text.Json;
using TryOn.Api.Errors;
using TryOn.Core.Errors;

namespace TryOn.Api.Streams;

/// <summary>
/// Keeps the connection of a slow JSON answer alive with blanks, which JSON permits before a text (RFC 8259, section
/// 2). The first blank commits the status line, so it is sent only once the wait has become long.
/// </summary>
public sealed class KeepAliveJson(HttpContext context, JsonSerializerOptions json, TimeProvider clock, TimeSpan silence)
{
    private static readonly byte[] Blank = " "u8.ToArray();

    private readonly HttpResponse _response = context.Response;
    private readonly long _since = clock.GetTimestamp();

    public async Task KeepAlive(CancellationToken cancellation)
    {
        if (clock.GetElapsedTime(_since) < silence)
            return;
        if (!_response.HasStarted)
            _response.ContentType = "application/json; charset=utf-8";
        await _response.Body.WriteAsync(Blank, cancellation);
        await _response.Body.FlushAsync(cancellation);
    }

    public Task End<T>(T value, CancellationToken cancellation) => _response.HasStarted
        ? JsonSerializer.SerializeAsync(_response.Body, value, json, cancellation)
        : _response.WriteAsJsonAsync(value, json, cancellation);

    /// <summary>
    /// Writes the error, with its own status if the response has not started; the body contains it in any case.
    /// </summary>
    public Task Fail(Error error, CancellationToken cancellation) => _response.HasStarted
        ? JsonSerializer.SerializeAsync(_response.Body, ErrorBody.FromError(error, context), json, cancellation)
        : new ErrorResult(error).ExecuteAsync(context);
}
