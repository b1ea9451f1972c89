using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Kling;

public sealed record KlingError(int Status, int Code, string Message)
{
    public Answer ToAnswer() => KlingEnvelope.Answer(Status, Code, Message, data: null);
}

/// <summary>The published codes that the sandbox returns on its own; all others can be injected as faults.</summary>
public static class KlingErrors
{
    public static readonly KlingError AuthFailed = new(401, 1000, "Authentication failed");
    public static readonly KlingError AuthEmpty = new(401, 1001, "Authorization is empty");
    public static readonly KlingError AuthInvalid = new(401, 1002, "Authorization is invalid");
    public static readonly KlingError AuthNotYetValid = new(401, 1003, "Authorization is not yet valid");
    public static readonly KlingError AuthExpired = new(401, 1004, "Authorization has expired");
    public static readonly KlingError NoMethod = new(404, 1202, "The requested method is invalid");
    public static readonly KlingError TooManyTasks = new(429, 1303, "parallel task over resource pack limit");

    public static KlingError Request(string message) => new(400, 1200, message);

    public static KlingError Value(string message) => new(400, 1201, message);

    public static KlingError Missing(string message) => new(404, 1203, message);
}
