using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using TryOn.Core.Egress;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Engine.Jobs;

/// <summary>
/// Makes an upstream's pictures ours: fetched, checked to be pictures, stored, and read back before anyone is told.
/// </summary>
public sealed partial class ResultStore(
    IPictureStore pictures, IFetcher fetcher, TimeProvider clock, ILogger<ResultStore> logger)
{
    /// <summary>The largest result taken, in bytes: about a 4K PNG.</summary>
    public const int BytesMax = 48 * 1024 * 1024;

    private const int SaveTries = 5;
    private static readonly TimeSpan FetchMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SaveRetry = TimeSpan.FromSeconds(2);

    /// <summary>Pictures that an upstream keeps at an address can be fetched again, so a failure is only a delay.</summary>
    public async Task<JobCommand> Fetch(
        string jobId, int attempt, ImmutableArray<string> addresses, EgressAllowList downloads)
    {
        var fetched = ImmutableArray.CreateBuilder<byte[]>();
        foreach (var address in addresses)
        {
            var policy = new FetchPolicy(BytesMax, FetchMax, downloads);
            var result = Uri.TryCreate(address, UriKind.Absolute, out var uri)
                ? await fetcher.Fetch(uri, policy, CancellationToken.None)
                : new FetchResult.Refused(FetchFailure.InvalidAddress);
            if (result is FetchResult.Refused refused)
            {
                LogNotFetched(logger, jobId, refused.Failure);
                return new JobCommand.StoreFailed(attempt);
            }

            fetched.Add(((FetchResult.Fetched)result).Content);
        }

        return await Keep(jobId, attempt, fetched.DrainToImmutable()) ?? new JobCommand.StoreFailed(attempt);
    }

    /// <summary>Pictures that came with the answer exist nowhere else: a failing disk is tried again before they are lost.</summary>
    public async Task<JobCommand> Save(string jobId, int attempt, ImmutableArray<byte[]> contents)
    {
        for (var tries = 1; tries <= SaveTries; tries++)
        {
            if (await Keep(jobId, attempt, contents) is { } kept)
                return kept;
            await Task.Delay(SaveRetry, clock);
        }

        return new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.Outage, "not-stored"));
    }

    private async Task<JobCommand?> Keep(string jobId, int attempt, ImmutableArray<byte[]> contents)
    {
        var outputs = ImmutableArray.CreateBuilder<Output>();
        foreach (var content in contents)
        {
            if (content.Length > BytesMax || ImageInspector.Read(content) is not { } info)
                return new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.NoPicture, "not-a-picture"));
            var id = new PictureId(jobId, $"out-{attempt}-{outputs.Count}.{info.Extension}");
            if (await Keep(id, content) is not { } hash)
                return null;
            outputs.Add(new Output(id, info.ContentType, info.Width, info.Height, content.Length, hash));
        }

        return outputs.Count > 0
            ? new JobCommand.Stored(attempt, outputs.DrainToImmutable())
            : new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.NoPicture, "empty"));
    }

    /// <summary>Null unless the picture, read back, is the one that came.</summary>
    private async Task<string?> Keep(PictureId id, byte[] content)
    {
        try
        {
            await pictures.Save(id, content, CancellationToken.None);
            var back = await pictures.Read(id, CancellationToken.None);
            return back is not null && back.AsSpan().SequenceEqual(content)
                ? Convert.ToHexStringLower(SHA256.HashData(content))
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotStored(logger, id.JobId, failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: a result was not fetched: {Failure}")]
    private static partial void LogNotFetched(ILogger logger, string jobId, FetchFailure failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId}: a result was not stored")]
    private static partial void LogNotStored(ILogger logger, string jobId, Exception failure);
}
