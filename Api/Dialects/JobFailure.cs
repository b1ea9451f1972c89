using TryOn.Core.Errors;

namespace TryOn.Api.Dialects;

/// <summary>Why a job failed, in FASHN's vocabulary of runtime errors.</summary>
public sealed record JobFailure(string Name, string Message)
{
    /// <param name="otherwise">The surface's name for every failure that is neither the pictures' fault nor a
    /// policy's.</param>
    public static JobFailure FromError(Error? error, string? otherwise = null) => error is null
        ? new JobFailure(otherwise ?? "PipelineError", "The job was canceled.")
        : new JobFailure(InputErrorName(error.Code) ?? otherwise ?? ServerErrorName(error.Code), error.Message);

    private static string? InputErrorName(ErrorCode code) => code switch
    {
        ErrorCode.ImageRejected => "InputValidationError",
        ErrorCode.ContentModerated => "ContentModerationError",
        _ => null,
    };

    private static string ServerErrorName(ErrorCode code) => code switch
    {
        ErrorCode.NoImageGenerated => "PipelineError",
        ErrorCode.ProviderFailed or ErrorCode.ProviderUnavailable or ErrorCode.Timeout => "ThirdPartyError",
        _ => "InternalServerError",
    };
}
