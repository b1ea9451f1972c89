using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>What ended a job, in FASHN's vocabulary of runtime errors.</summary>
public sealed record JobFailure(string Name, string Message)
{
    /// <param name="otherwise">The surface's name for what is neither the pictures' fault nor a policy's.</param>
    public static JobFailure Of(Error? error, string? otherwise = null) => error is null
        ? new JobFailure(otherwise ?? "PipelineError", "The job was canceled.")
        : new JobFailure(Told(error.Code) ?? otherwise ?? Fault(error.Code), error.Message);

    private static string? Told(ErrorCode code) => code switch
    {
        ErrorCode.ImageRejected => "InputValidationError",
        ErrorCode.ContentModerated => "ContentModerationError",
        _ => null,
    };

    private static string Fault(ErrorCode code) => code switch
    {
        ErrorCode.NoImageGenerated => "PipelineError",
        ErrorCode.ProviderFailed or ErrorCode.ProviderUnavailable or ErrorCode.Timeout => "ThirdPartyError",
        _ => "InternalServerError",
    };
}
