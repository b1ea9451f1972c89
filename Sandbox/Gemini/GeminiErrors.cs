using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Gemini;

/// <summary>Errors in Google's envelope, whose status name matches the HTTP status.</summary>
public static class GeminiErrors
{
    private const string ErrorInfo = "type.googleapis.com/google.rpc.ErrorInfo";

    public static Answer NoKey => Error(403, "PERMISSION_DENIED", "The request has no API key.");

    public static Answer BadKey => Error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.",
        [new GeminiErrorDetail(ErrorInfo, "API_KEY_INVALID", "googleapis.com")]);

    public static Answer NotFound => Error(404, "NOT_FOUND", "The requested URL was not found on this server.");

    public static Answer NoModel(string model) =>
        Error(404, "NOT_FOUND", $"models/{model} is not found, or is not supported for generateContent.");

    public static Answer Invalid(string message) => Error(400, "INVALID_ARGUMENT", message);

    private static Answer Error(
        int code, string status, string message, IReadOnlyList<GeminiErrorDetail>? details = null) =>
        Answer.Json(code, new GeminiErrorEnvelope(new GeminiError(code, message, status, details)), GeminiWire.Options);
}
