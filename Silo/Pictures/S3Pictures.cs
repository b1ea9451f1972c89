using System.Runtime.CompilerServices;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using TryOn.Core.Pictures;

namespace TryOn.Silo.Pictures;

/// <summary>
/// Stores pictures as objects of one bucket. A failure of the store is reported as an <see cref="IOException"/>, like
/// that of a disk: callers retry saving a result and answer 503 to an upload.
/// </summary>
public sealed class S3Pictures(IAmazonS3 store, S3Options options) : IPictureStore, IDisposable
{
    /// <summary>Timeout of one attempt; the largest picture has 48 MiB.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    private readonly S3Keys _keys = new(options.Prefix);

    public static AmazonS3Config ConfigOf(S3Options options)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = options.ForcePathStyle,
            Timeout = Timeout,
            // Not every store supports the newer checksums. The signature covers a hash of the content anyway.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.ServiceUrl.Length > 0)
            (config.ServiceURL, config.AuthenticationRegion) = (options.ServiceUrl, SigningRegion(options));
        else
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        return config;
    }

    public async Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        using var stream = new MemoryStream(content.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = options.Bucket,
            Key = _keys.KeyOf(id),
            InputStream = stream,
            ContentType = "application/octet-stream",
            UseChunkEncoding = false,
        };
        await Call(() => store.PutObjectAsync(request, cancellation), cancellation);
    }

    public async Task<byte[]?> Read(PictureId id, CancellationToken cancellation)
    {
        var key = _keys.KeyOf(id);
        return await Call(() => Download(key, cancellation), cancellation);
    }

    public async Task Delete(PictureId id, CancellationToken cancellation)
    {
        var key = _keys.KeyOf(id);
        await Call(() => store.DeleteObjectAsync(options.Bucket, key, cancellation), cancellation);
    }

    public async IAsyncEnumerable<StoredPicture> List([EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = _keys.Prefix };
        do
        {
            var page = await Call(() => store.ListObjectsV2Async(request, cancellation), cancellation);
            foreach (var entry in page.S3Objects ?? [])
            {
                if (_keys.Parse(entry.Key) is { } id && entry.LastModified is { } saved)
                    yield return new StoredPicture(id, new DateTimeOffset(saved.ToUniversalTime()));
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (request.ContinuationToken is not null);
    }

    public void Dispose() => store.Dispose();

    /// <summary>The region used for signing; stores without regions expect us-east-1.</summary>
    private static string SigningRegion(S3Options options) => options.Region.Length > 0 ? options.Region : "us-east-1";

    private async Task<byte[]?> Download(string key, CancellationToken cancellation)
    {
        try
        {
            using var found = await store.GetObjectAsync(options.Bucket, key, cancellation);
            using var content = new MemoryStream((int)found.ContentLength);
            await found.ResponseStream.CopyToAsync(content, cancellation);
            return content.ToArray();
        }
        catch (AmazonS3Exception missing) when (missing.ErrorCode == "NoSuchKey")
        {
            // Checks for the key only: a missing bucket answers 404 as well, but is an error.
            return null;
        }
    }

    private static async Task<T> Call<T>(Func<Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call();
        }
        catch (Exception failure) when (
            failure is AmazonServiceException or AmazonClientException or HttpRequestException
            || (failure is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new IOException($"The object store failed: {failure.Message}", failure);
        }
    }
}
