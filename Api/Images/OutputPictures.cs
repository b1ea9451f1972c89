using TryOn.Api.Jobs;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Api.Images;

/// <summary>A job's results as a caller asked for them.</summary>
public sealed class OutputPictures(JobRenderer renderer, IPictureStore store)
{
    /// <param name="inline">With their bytes. A picture that has been deleted since has none, and is its address all the same.</param>
    public async Task<IReadOnlyList<ResultPicture>> Of(
        string origin, JobView job, bool inline, CancellationToken cancellation)
    {
        var outputs = renderer.Outputs(origin, job);
        var pictures = new List<ResultPicture>();
        for (var index = 0; index < outputs.Count; index++)
        {
            var content = inline ? await store.Read(job.Outputs[index].Picture, cancellation) : null;
            pictures.Add(new ResultPicture(outputs[index].Url, outputs[index].ContentType, content));
        }

        return pictures;
    }
}
