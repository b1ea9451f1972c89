namespace TryOn.Silo.Pictures;

/// <summary>
/// Pictures in an object store that speaks S3. Credentials come from where the SDK looks for them: the environment, a
/// profile, the role of the machine. Section <c>TryOn:Cluster:S3</c>.
/// </summary>
public sealed class S3Options
{
    /// <summary>The bucket, which must exist and must not be public. Default: none, pictures are files in a folder.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>The region, such as <c>eu-central-1</c>; with a service address, the one to sign for. Default: none.</summary>
    public string Region { get; set; } = "";

    /// <summary>The address of a store that is not Amazon's. Default: none, that of the region.</summary>
    public string ServiceUrl { get; set; } = "";

    /// <summary>Whether the bucket stands in the path and not in the host name; most other stores want it. Default: false.</summary>
    public bool ForcePathStyle { get; set; }

    /// <summary>What every object's name begins with, ending in '/'. Default: none.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Whether pictures go to a bucket at all. Default: false, until one is named.</summary>
    public bool Chosen => Bucket.Length > 0;
}
