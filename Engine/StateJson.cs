using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TryOn.Engine.Accounts;

namespace TryOn.Engine;

/// <summary>
/// How records are written down. Names and enum words are a stored contract: they are added to, never changed. A reader
/// must be deployed before the first writer of a new field. Metadata is found by reflection because generated readers
/// set a missing field to its type's default, where a record of an older version must get the field's own.
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
            // Only null is left out. A zero that is left out would be read back as whatever the record says by default: a
            // limit of 0 as a limit of 6.
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            // Records are read by nothing that takes them for HTML, and escapes would double what other scripts take.
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            IgnoreReadOnlyProperties = true,
            Converters = { new JsonStringEnumConverter(), new KeyRingJson(), new OperationLogJson() },
        };
        options.MakeReadOnly();
        return options;
    }
}
