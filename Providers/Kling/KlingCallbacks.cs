using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

/// <summary>
/// Kling calls back at every status change of a task, with the task as the body. It signs once a webhook secret has
/// been created in its console.
/// </summary>
public sealed class KlingCallbacks(KlingOptions options, TimeProvider time) : ICallbackProtocol
{
    private readonly StandardWebhook? _signature =
        string.IsNullOrEmpty(options.WebhookSecret) ? null : new StandardWebhook(options.WebhookSecret, time);

    public string Provider => "kling";

    public ValueTask<bool> IsAuthentic(CallbackMessage message, CancellationToken cancellation) => new(
        _signature is null || _signature.Verify(
            message.Header("webhook-id"), message.Header("webhook-timestamp"), message.Header("webhook-signature"),
            message.Body.Span));

    public bool MayHaveEnded(CallbackMessage message) => Status(message.Body.Span) is not ("submitted" or "processing");

    private static string? Status(ReadOnlySpan<byte> body) =>
        UpstreamJson.Read(body, KlingJson.Default.KlingTask)?.TaskStatus;
}
