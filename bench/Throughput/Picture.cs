namespace TryOn.Throughput;

/// <summary>64 grey pixels square, the least the gateway takes: what is measured is the gateway, not its sandbox's drawing.</summary>
internal static class Picture
{
    public const string DataUrl =
        "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKUlEQVR42u3MQREAAAwCIKMb3RD77SAA6VEEAoFAIBAIBAKBQCAQfA8G320AeXC6efoAAAAASUVORK5CYII=";
}
