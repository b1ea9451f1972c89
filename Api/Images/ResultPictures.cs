using System.Collections.Immutable;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;

namespace TryOn.Api.Images;

/// <summary>A result as a caller asked for it: an address, or the bytes.</summary>
public sealed record ResultPicture(string Url, string ContentType, byte[]? Content)
{
    public string Link => Content is { } bytes ? $"data:{ContentType};base64,{Convert.ToBase64String(bytes)}" : Url;
}

public sealed record ResultSet(ImmutableArray<ResultPicture> Pictures, long Credits);

/// <summary>What a request's jobs came to, told to clients that know no jobs.</summary>
public sealed class ResultPictures(JobRenderer renderer, PublicAddress address, IPictureStore store, JobWatch watch)
{
    /// <summary>The pictures there are. Without any, why the first job has none.</summary>
    public async Task<Result<ResultSet>> Of(
        HttpRequest request, ImmutableArray<JobView> jobs, bool inline, CancellationToken cancellation)
    {
        if (jobs.Any(job => !job.Ended))
            return watch.Unended();
        var succeeded = jobs.Where(job => job.Status == JobStatus.Succeeded).ToList();
        if (succeeded.Count == 0)
            return jobs[0].Error ?? watch.Unended();
        var pictures = ImmutableArray.CreateBuilder<ResultPicture>();
        foreach (var job in succeeded)
            pictures.AddRange(await Pictures(address.Of(request), job, inline, cancellation));
        return new ResultSet(pictures.ToImmutable(), succeeded.Sum(job => job.Credits));
    }

    private async Task<IEnumerable<ResultPicture>> Pictures(
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
