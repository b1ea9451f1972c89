using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TryOn.Engine.Accounts;

namespace TryOn.Engine;

/// <summary>
/// The JSON form of stored records. Property names and enum names are a stored contract: they are added to, never
/// changed. A reader must be deployed before the first writer of a new field. Uses reflection because generated readers
/// set a missing field to its type's default, but a record of an older version must get the property's own default.
/// </summary>
public static class StateJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            // Only null is omitted. An omitted zero would be read back as the property's default: a limit of 0 as a
            // limit of 6.
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Records are never embedded in HTML, and escaping would double the size of non-Latin text.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = true,
            Converters = { new JsonStringEnumConverter(), new KeyRingJson(), new OperationLogJson() },
        };
        options.MakeReadOnly();
        return options;
    }
}
