namespace TryOn.Grains;

/// <summary>Names that configuration binds to a provider, as in <c>Orleans:GrainStorage:records:ProviderType</c>.</summary>
public static class ClusterStorage
{
    public const string Records = "records";

    public const string Feed = "feed";

    /// <summary>Fixed by Orleans: where streams keep who listens.</summary>
    public const string Subscriptions = "PubSubStore";
}
