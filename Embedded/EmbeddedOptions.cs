namespace TryOn.Embedded;

/// <summary>The one-process host. Section <c>TryOn</c>.</summary>
public sealed class EmbeddedOptions
{
    /// <summary>Where everything durable lies: the database, the pictures, the secret. Default: <c>data</c>.</summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>How long a finished account or job stays in memory unasked. Default: 2 minutes.</summary>
    public TimeSpan IdleAge { get; set; } = TimeSpan.FromMinutes(2);
}
