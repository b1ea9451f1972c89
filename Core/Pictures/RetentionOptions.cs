namespace TryOn.Core.Pictures;

/// <summary>How long pictures are kept. Section <c>TryOn:Retention</c>.</summary>
public sealed class RetentionOptions
{
    /// <summary>How long a result can be downloaded after its job ended. Default: 24 hours.</summary>
    public TimeSpan Results { get; set; } = TimeSpan.FromHours(24);

    /// <summary>Minimum age at which a picture without a job is deleted. Default: 2 minutes.</summary>
    public TimeSpan OrphanAge { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How often stored pictures are swept. Default: 1 minute.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);
}
