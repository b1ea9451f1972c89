namespace TryOn.Silo.Pictures;

/// <summary>
/// Pictures in an S3-compatible object store. Credentials come from where the AWS SDK looks for them: the environment,
/// a profile, or the machine's role. Section <c>TryOn:Cluster:S3</c>.
/// </summary>
public sealed class S3Options
{
    /// <summary>
    /// The bucket, which must exist and must not be public. Default: none; pictures are files in a folder.
    /// </summary>
    public string Bucket { get; set; } = "";

    /// <summary>
    /// The region, such as <c>eu-central-1</c>; with a service address, the region used for signing. Default: none.
    /// </summary>
    public string Region { get; set; } = "";

    /// <summary>The address of a store other than Amazon's. Default: none, Amazon's address for the region.</summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>
    /// Whether the bucket's name is put into the path instead of the host name, as most other stores require. Default:
    /// false.
    /// </summary>
    public bool ForcePathStyle { get; set; }

    /// <summary>Prefix of every object's key, ending in '/'. Default: none.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Whether pictures are stored in a bucket. Default: false, until a bucket is named.</summary>
    public bool Configured => Bucket.Length > 0;
}
