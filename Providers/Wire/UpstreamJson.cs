using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace TryOn.Providers.Wire;

/// <summary>Parses upstream answers, which may deviate from their documentation.</summary>
public static class UpstreamJson
{
    /// <summary>Null for anything that is not JSON of the expected shape.</summary>
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
