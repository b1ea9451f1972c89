using TryOn.Core.Providers;

namespace TryOn.Providers.Fal;

public enum FalOperation
{
    None = 0,
    Submit = 1,

    /// <summary>Reads a request's status.</summary>
    Poll = 2,

    /// <summary>Reads a request's result. A failed run answers here with the model's own status.</summary>
    Result = 3,
}

/// <summary>The published error types of models (<c>type</c>) and of the platform (<c>error_type</c>).</summary>
public static class FalErrorTypes
{
    /// <summary>Prefixes of the error types for input that a model does not accept.</summary>
    public static readonly string[] CallerPrefixes = ["greater_than", "less_than", "value_error", "type_error"];

    public static Dictionary<string, FaultKind> Kinds { get; } = new()
    {
        ["content_policy_violation"] = FaultKind.Moderation,
        ["no_media_generated"] = FaultKind.NoPicture,
        ["image_too_small"] = FaultKind.Caller,
        ["image_too_large"] = FaultKind.Caller,
        ["image_load_error"] = FaultKind.Caller,
        ["file_too_large"] = FaultKind.Caller,
        ["unsupported_image_format"] = FaultKind.Caller,
        ["face_detection_error"] = FaultKind.Caller,
        ["multiple_of"] = FaultKind.Caller,
        ["one_of"] = FaultKind.Caller,
        ["sequence_too_short"] = FaultKind.Caller,
        ["sequence_too_long"] = FaultKind.Caller,
        ["feature_not_supported"] = FaultKind.Caller,
        ["missing"] = FaultKind.Caller,
        // Pictures are sent inline and never by address, so the caller's input cannot be the cause.
        ["file_download_error"] = FaultKind.Outage,
        ["bad_request"] = FaultKind.Operator,
        ["concurrent_requests_limit"] = FaultKind.Throttled,
        ["client_disconnected"] = FaultKind.OutcomeUnknown,
        ["client_cancelled"] = FaultKind.OutcomeUnknown,
        ["downstream_service_error"] = FaultKind.Outage,
        ["downstream_service_unavailable"] = FaultKind.Outage,
        ["internal_server_error"] = FaultKind.Outage,
        ["internal_error"] = FaultKind.Outage,
        ["runner_server_error"] = FaultKind.Outage,
        ["runner_incomplete_response"] = FaultKind.Outage,
        ["runner_scheduling_failure"] = FaultKind.Outage,
        ["runner_connection_timeout"] = FaultKind.Outage,
        ["runner_connection_refused"] = FaultKind.Outage,
        ["runner_connection_error"] = FaultKind.Outage,
        ["runner_disconnected"] = FaultKind.Outage,
        ["generation_timeout"] = FaultKind.Outage,
        ["request_timeout"] = FaultKind.Outage,
        ["startup_timeout"] = FaultKind.Outage,
    };
}
