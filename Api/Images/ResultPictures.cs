using System.Collections.Immutable;
using TryOn.Api.Jobs;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;

namespace TryOn.Api.Images;

/// <summary>A result as a caller asked for it: an address, or the bytes.</summary>
public sealed record ResultPicture(string Url, string ContentType, byte[]? Content)
{
    public string Link => Content is { } bytes ? $"data:{ContentType};base64,{Convert.ToBase64String(bytes)}" : Url;
}

public sealed record ResultSet(ImmutableArray<ResultPicture> Pictures, long Credits);

/// <summary>What a request's jobs came to, told to clients that know no jobs.</summary>
public sealed class ResultPictures(OutputPictures outputs, PublicAddress address, JobWatch watch)
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
            pictures.AddRange(await outputs.Of(address.Of(request), job, inline, cancellation));
        return new ResultSet(pictures.ToImmutable(), succeeded.Sum(job => job.Credits));
    }
}
