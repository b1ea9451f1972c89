namespace TryOn.Grains.Storage;

/// <summary>Provider names used in configuration, as in <c>Orleans:GrainStorage:records:ProviderType</c>.</summary>
public static class ClusterStorage
{
    public const string Records = "records";

    public const string Feed = "feed";

    /// <summary>The storage of stream subscriptions. The name is fixed by Orleans.</summary>
    public const string Subscriptions = "PubSubStore";
}
