using System.Collections.Immutable;
using TryOn.Api.Images;
using TryOn.Api.Models;
using TryOn.Core.Jobs;

namespace TryOn.Api.Jobs;

/// <summary>What is asked for, whichever surface it came by.</summary>
/// <param name="Mask">Where the first person's picture may change; null for everywhere.</param>
/// <param name="EndUser">Whom the caller asks for, by its own name; usage can be told apart by it.</param>
/// <param name="Count">Pictures wanted, a job for each.</param>
/// <param name="Fallbacks">Models that may answer in place of the first, and the rules for providers.</param>
/// <param name="GarmentsMin">0 where the prompt alone says what is to change, as with a haircut.</param>
/// <param name="Async">The caller wants a job to poll, however fast the model.</param>
/// <param name="Repeat">Set where a client's own retries are joined; null where a request is always a new one.</param>
public sealed record TryOnRequest(
    string? Model,
    ImmutableArray<ImageReference> Persons,
    ImmutableArray<ImageReference> Garments,
    ImageReference? Mask,
    string? Prompt,
    bool FastMode,
    string? IdempotencyKey,
    string? EndUser,
    int Count = 1,
    Routing? Fallbacks = null,
    Repeat? Repeat = null,
    int GarmentsMin = 1,
    bool Async = false)
{
    /// <summary>How long the caller has patience; null for as long as it takes.</summary>
    public TimeSpan? CancelAfter { get; init; }

    /// <summary>Whom to tell of the end; null for the address that the account has set.</summary>
    public string? WebhookUrl { get; init; }

    /// <summary>The answer is to be a stream.</summary>
    public bool Streamed { get; init; }

    /// <summary>In whose words; null for the gateway's own.</summary>
    public WebhookForm? WebhookForm { get; init; }

    /// <summary>FASHN's answers are to hold the pictures themselves.</summary>
    public bool ReturnBase64 { get; init; }

    public Routing Routing => Fallbacks ?? new Routing([Model ?? ""], Provider: null);
}

/// <summary>How a request without an idempotency key is told from its own retry.</summary>
/// <param name="Body">Hash of the body as it was sent.</param>
/// <param name="Marked">The client says that this is a retry.</param>
/// <param name="Apart">It is a request of its own, whatever else runs.</param>
public sealed record Repeat(string Body, bool Marked, bool Apart = false)
{
    /// <summary>A form's parts are cut anew for each try, so its bytes say nothing and its content alone decides.</summary>
    private const string Form = "form";

    /// <summary>OpenAI's and FASHN's clients count their retries in this header.</summary>
    private const string Counter = "X-Stainless-Retry-Count";

    /// <summary>Hash of the body, where that says which request it is.</summary>
    public string? Sent => Body == Form ? null : Body;

    /// <summary>For a call that waits for its picture: who sends it twice at a time has lost the first answer.</summary>
    public static Repeat Of(HttpRequest request, string body) => new(body, Counted(request));

    public static Repeat OfForm(HttpRequest request) => Of(request, Form);

    /// <summary>For a call that begins a job and returns: it may well be made twice, so only the mark makes it a retry.</summary>
    public static Repeat WhenMarked(HttpRequest request, string body) =>
        Counted(request) ? new(body, Marked: true) : new(body, Marked: false, Apart: true);

    private static bool Counted(HttpRequest request) => int.TryParse(request.Headers[Counter], out var count) && count > 0;
}
