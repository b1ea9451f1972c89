using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TryOn.Providers.Wire;

/// <summary>Reads what upstreams answer, which need not be what their documents say.</summary>
public static class UpstreamJson
{
    /// <summary>Null for anything that is not JSON of this form.</summary>
    public static T? Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
