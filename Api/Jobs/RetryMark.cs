namespace TryOn.Api.Jobs;

/// <summary>Tells whether a request without an idempotency key is a retry.</summary>
/// <param name="Body">Hash of the body's bytes.</param>
/// <param name="Marked">The client marked the request as a retry.</param>
/// <param name="Apart">Never joined to a running job, even to one with the same content.</param>
public sealed record RetryMark(string Body, bool Marked, bool Apart = false)
{
    /// <summary>
    /// Replaces the hash for multipart forms: their boundaries change with every try, so only the content can identify
    /// the request.
    /// </summary>
    private const string Form = "form";

    /// <summary>OpenAI's and FASHN's clients count their retries in this header.</summary>
    private const string Counter = "X-Stainless-Retry-Count";

    /// <summary>Hash of the body, or null if it does not identify the request.</summary>
    public string? Sent => Body == Form ? null : Body;

    /// <summary>
    /// For a call that waits for its picture: a client that sends it a second time has lost the first answer.
    /// </summary>
    public static RetryMark FromRequest(HttpRequest request, string body) => new(body, Counted(request));

    public static RetryMark FromForm(HttpRequest request) => FromRequest(request, Form);

    /// <summary>
    /// For a call that starts a job and returns: two equal calls may both be intended, so only the client's mark makes
    /// one a retry.
    /// </summary>
    public static RetryMark WhenMarked(HttpRequest request, string body) =>
        Counted(request) ? new(body, Marked: true) : new(body, Marked: false, Apart: true);

    private static bool Counted(HttpRequest request) =>
        int.TryParse(request.Headers[Counter], out var count) && count > 0;
}
