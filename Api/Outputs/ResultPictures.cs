using System.Collections.Immutable;
using TryOn.Api.Http;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Outputs;

/// <summary>A result: an address, and the bytes if the caller asked for them.</summary>
public sealed record ResultPicture(string Url, string ContentType, byte[]? Content)
{
    public string Link => Content is { } bytes ? $"data:{ContentType};base64,{Convert.ToBase64String(bytes)}" : Url;
}

public sealed record ResultSet(ImmutableArray<ResultPicture> Pictures, long Credits);

/// <summary>Combines the results of a request's jobs for clients that know no jobs.</summary>
public sealed class ResultPictures(OutputPictures outputs, PublicBaseUrl address, JobWaiter waiter)
{
    /// <summary>Returns the pictures of the jobs that succeeded. If none did, returns the first job's error.</summary>
    public async Task<Result<ResultSet>> Load(
        HttpRequest request, ImmutableArray<JobView> jobs, bool inline, CancellationToken cancellation)
    {
        if (jobs.Any(job => !job.Ended))
            return waiter.NotEnded();
        var succeeded = jobs.Where(job => job.Status == JobStatus.Succeeded).ToList();
        if (succeeded.Count == 0)
            return jobs[0].Error ?? waiter.NotEnded();
        var pictures = ImmutableArray.CreateBuilder<ResultPicture>();
        foreach (var job in succeeded)
            pictures.AddRange(await outputs.Load(address.ForRequest(request), job, inline, cancellation));
        return new ResultSet(pictures.ToImmutable(), succeeded.Sum(job => job.Credits));
    }
}
