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
/// Takes over an upstream's pictures: fetches them, checks that they are pictures, stores them, and reads them back
/// before the job is told.
/// </summary>
public sealed partial class ResultStore(
    IPictureStore pictures, IFetcher fetcher, TimeProvider clock, ILogger<ResultStore> logger)
{
    /// <summary>The largest accepted result, in bytes: about a 4K PNG.</summary>
    public const int BytesMax = 48 * 1024 * 1024;

    private const int SaveAttempts = 5;
    private static readonly TimeSpan FetchMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SaveRetry = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Stores pictures that the upstream keeps at an address. They can be fetched again, so a failure is only a delay.
    /// </summary>
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

        return await StoreAll(jobId, attempt, fetched.DrainToImmutable()) ?? new JobCommand.StoreFailed(attempt);
    }

    /// <summary>
    /// Stores pictures that were part of the answer. They exist nowhere else, so a failed save is retried before they
    /// are given up.
    /// </summary>
    public async Task<JobCommand> Save(string jobId, int attempt, ImmutableArray<byte[]> contents)
    {
        for (var tries = 1; tries <= SaveAttempts; tries++)
        {
            if (await StoreAll(jobId, attempt, contents) is { } stored)
                return stored;
            await Task.Delay(SaveRetry, clock);
        }

        return new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.Outage, "not-stored"));
    }

    private async Task<JobCommand?> StoreAll(string jobId, int attempt, ImmutableArray<byte[]> contents)
    {
        var outputs = ImmutableArray.CreateBuilder<Output>();
        foreach (var content in contents)
        {
            if (content.Length > BytesMax || ImageInspector.Read(content) is not { } info)
                return new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.NoPicture, "not-a-picture"));
            var id = new PictureId(jobId, $"out-{attempt}-{outputs.Count}.{info.Extension}");
            if (await Store(id, content) is not { } hash)
                return null;
            outputs.Add(new Output(id, info.ContentType, info.Width, info.Height, content.Length, hash));
        }

        return outputs.Count > 0
            ? new JobCommand.Stored(attempt, outputs.DrainToImmutable())
            : new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.NoPicture, "empty"));
    }

    /// <summary>The picture's SHA-256 in hex; null unless the picture was stored and read back unchanged.</summary>
    private async Task<string?> Store(PictureId id, byte[] content)
    {
        try
        {
            await pictures.Save(id, content, CancellationToken.None);
            var readBack = await pictures.Read(id, CancellationToken.None);
            return readBack is not null && readBack.AsSpan().SequenceEqual(content)
                ? Convert.ToHexStringLower(SHA256.HashData(content))
                : null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNotStored(logger, id.JobId, failure);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: a result could not be fetched: {Failure}")]
    private static partial void LogNotFetched(ILogger logger, string jobId, FetchFailure failure);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId}: a result could not be stored")]
    private static partial void LogNotStored(ILogger logger, string jobId, Exception failure);
}
