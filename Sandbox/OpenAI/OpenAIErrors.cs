using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.OpenAI;

/// <summary>An error; all four fields are always present.</summary>
public sealed record OpenAIErrorBody(string Message, string Type, string? Param, string? Code);

public sealed record OpenAIError(int Status, OpenAIErrorBody Error)
{
    public Answer ToAnswer() => Answer.Json(Status, new { error = Error }, SandboxJson.SnakeCase);
}

public static class OpenAIErrors
{
    private const string InvalidRequest = "invalid_request_error";

    public static readonly OpenAIError BadKey =
        new(401, new("Incorrect API key provided.", InvalidRequest, Param: null, "invalid_api_key"));

    public static readonly OpenAIError NoRoute = new(404, new("Invalid URL.", InvalidRequest, Param: null, Code: null));

    public static OpenAIError Invalid(string message, string? param = null, string? code = null, int status = 400) =>
        new(status, new(message, InvalidRequest, param, code));

    public static OpenAIError NoModel(string? model) =>
        new(404, new(
            $"The model '{model}' does not exist or you do not have access to it.", InvalidRequest, Param: null,
            "model_not_found"));

    /// <summary>The error of an accepted request that is to fail.</summary>
    public static OpenAIError Refused(string code) =>
        new(400, new(
            "Your request was rejected by the safety system.", "image_generation_user_error", Param: null, code));
}
