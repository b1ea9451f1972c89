using TryOn.Api.Jobs;
using TryOn.Api.Outputs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <summary>
/// Renders a request's jobs as FASHN's status: with the pictures as data URLs where the run asked for base64, otherwise
/// with addresses.
/// </summary>
public sealed class FashnStatuses(OutputPictures pictures)
{
    /// <summary>
    /// The name of this form in jobs and deliveries. It is stored with them, so it does not change.
    /// </summary>
    public const string WebhookForm = "fashn";

    public async Task<FashnStatus> Render(JobSet jobs, string origin, CancellationToken cancellation)
    {
        var combined = jobs.Combined;
        if (combined.Status != JobStatus.Succeeded)
            return FashnStatus.FromJob(combined, output: null);
        var output = new List<string>();
        foreach (var job in jobs.Jobs)
            output.AddRange(
                (await pictures.Load(origin, job, job.InlinePictures, cancellation)).Select(picture => picture.Link));
        return FashnStatus.FromJob(combined, output);
    }
}
