using TryOn.Api.Jobs;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Api.Outputs;

/// <summary>Loads a job's results as the caller asked for them.</summary>
public sealed class OutputPictures(JobRenderer renderer, IPictureStore store)
{
    /// <param name="inline">True to include the bytes. A picture that has been deleted since has none, and is returned
    /// as its address.</param>
    public async Task<IReadOnlyList<ResultPicture>> Load(
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
