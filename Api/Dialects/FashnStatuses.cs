using TryOn.Api.Images;
using TryOn.Api.Jobs;
using TryOn.Core.Jobs;

namespace TryOn.Api.Dialects;

/// <summary>A request's jobs in FASHN's words: with the pictures themselves where its run asked for base64, else with addresses.</summary>
public sealed class FashnStatuses(OutputPictures pictures)
{
    public async Task<FashnStatus> Of(JobSet jobs, string origin, CancellationToken cancellation)
    {
        var whole = jobs.Whole;
        if (whole.Status != JobStatus.Succeeded)
            return FashnStatus.Of(whole, output: null);
        var output = new List<string>();
        foreach (var job in jobs.Jobs)
            output.AddRange((await pictures.Of(origin, job, job.ReturnBase64, cancellation)).Select(picture => picture.Link));
        return FashnStatus.Of(whole, output);
    }
}
