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
/// Takes over an upstream's pictures: fetches them, decodes them to the last row, stores them, and reads them back
/// before the job is told.
/// </summary>
public sealed partial class ResultStore(
    IPictureStore pictures, IFetcher fetcher, IImageCodec codec, TimeProvider clock, ILogger<ResultStore> logger)
{
    /// <summary>The largest accepted result, in bytes: about a 4K PNG.</summary>
    public const int BytesMax = 48 * 1024 * 1024;

    /// <summary>Pictures of one answer; an attempt asks for one.</summary>
    public const int PicturesMax = 8;

    private const int SaveAttempts = 5;
    private static readonly TimeSpan FetchMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan SaveRetry = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Stores pictures that the upstream keeps at an address. They can be fetched again, so a failure is only a delay:
    /// also where the address answers with something else than a picture, or with part of one.
    /// </summary>
    public async Task<JobCommand> Fetch(
        string jobId, int attempt, ImmutableArray<string> addresses, EgressAllowList downloads)
    {
        if (addresses.Length > PicturesMax)
            return NoPicture(attempt, "too-many-pictures");
        var outputs = ImmutableArray.CreateBuilder<Output>();
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

            var reply = await codec.Verify(((FetchResult.Fetched)result).Content, CancellationToken.None);
            if (reply is not ImageReply.Accepted picture)
            {
                LogNoPicture(logger, jobId, FaultOf(reply));
                return new JobCommand.StoreFailed(attempt);
            }

            if (await Store(jobId, attempt, outputs.Count, picture) is not { } output)
                return new JobCommand.StoreFailed(attempt);
            outputs.Add(output);
        }

        return Stored(attempt, outputs);
    }

    /// <summary>
    /// Stores pictures that were part of the answer. They exist nowhere else, so a failed save is retried before they
    /// are given up; one that is damaged is no picture.
    /// </summary>
    public async Task<JobCommand> Save(string jobId, int attempt, ImmutableArray<byte[]> contents)
    {
        if (contents.Length > PicturesMax)
            return NoPicture(attempt, "too-many-pictures");
        var outputs = ImmutableArray.CreateBuilder<Output>();
        foreach (var content in contents)
        {
            var (output, fault) = await Save(jobId, attempt, outputs.Count, content);
            if (output is null)
                return fault!;
            outputs.Add(output);
        }

        return Stored(attempt, outputs);
    }

    private async Task<(Output? Output, JobCommand? Fault)> Save(string jobId, int attempt, int index, byte[] content)
    {
        for (var tries = 1; tries <= SaveAttempts; tries++)
        {
            switch (await codec.Verify(content, CancellationToken.None))
            {
                case ImageReply.Accepted picture when await Store(jobId, attempt, index, picture) is { } output:
                    return (output, null);
                case ImageReply.Refused refused:
                    LogNoPicture(logger, jobId, refused.Fault);
                    return (null, NoPicture(attempt, "not-a-picture"));
            }

            await Task.Delay(SaveRetry, clock);
        }

        return (null, new JobCommand.Replied(attempt, ProviderReply.EndOf(FaultKind.Outage, "not-stored")));
    }

    private static JobCommand Stored(int attempt, ImmutableArray<Output>.Builder outputs) => outputs.Count > 0
        ? new JobCommand.Stored(attempt, outputs.DrainToImmutable())
        : NoPicture(attempt, "empty");

    private static JobCommand.Replied NoPicture(int attempt, string code) =>
        new(attempt, ProviderReply.EndOf(FaultKind.NoPicture, code));

    private static ImageFault FaultOf(ImageReply reply) =>
        reply is ImageReply.Refused refused ? refused.Fault : ImageFault.None;

    private async Task<Output?> Store(string jobId, int attempt, int index, ImageReply.Accepted picture)
    {
        var (format, sides) = (picture.Info.Format, picture.Info.Sides);
        var id = new PictureId(jobId, $"out-{attempt}-{index}.{format.Extension()}");
        return await Store(id, picture.Content) is { } hash
            ? new Output(id, format.ContentType(), sides.Width, sides.Height, picture.Content.Length, hash)
            {
                ContentCredentials = picture.Credentials == ContentCredentials.None ? null : picture.Credentials,
            }
            : null;
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "Job {JobId}: a result is not a whole picture: {Fault}")]
    private static partial void LogNoPicture(ILogger logger, string jobId, ImageFault fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {JobId}: a result could not be stored")]
    private static partial void LogNotStored(ILogger logger, string jobId, Exception failure);
}
