using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.Kling;

/// <summary>Validates a submit against the published table of fields; unknown fields are rejected.</summary>
public static class KlingSubmitReader
{
    private static readonly string[] Fields =
        ["model_name", "human_image", "cloth_image", "callback_url", "external_task_id"];
    private static readonly string[] Models = ["kolors-virtual-try-on-v1", "kolors-virtual-try-on-v1-5"];

    public static KlingError? Read(Submission submission, out KlingSubmit? submit)
    {
        submit = null;
        if (!submission.IsJson)
            return KlingErrors.Request("Content-Type must be application/json");
        if (submission.Body is not { } body)
            return KlingErrors.Request("request body is too large");
        using var document = SandboxJson.ParseObject(body);
        return document is null
            ? KlingErrors.Request("request body is not a JSON object")
            : ReadFields(document.RootElement, out submit);
    }

    private static KlingError? ReadFields(JsonElement root, out KlingSubmit? submit)
    {
        submit = null;
        foreach (var field in root.EnumerateObject())
        {
            if (!Fields.Contains(field.Name))
                return KlingErrors.Value($"unknown field {field.Name}");
            if (field.Value.ValueKind != JsonValueKind.String)
                return KlingErrors.Value($"{field.Name} must be a string");
        }

        if (root.TryGetProperty("model_name", out var model) && !Models.Contains(model.GetString()))
            return KlingErrors.Missing($"model {model.GetString()} does not exist");
        if (KlingPictureReader.Read(root, "human_image", out var human) is { } humanError)
            return humanError;
        if (KlingPictureReader.Read(root, "cloth_image", out var cloth) is { } clothError)
            return clothError;
        return TryReadExternalId(root, out var externalId)
            ? Accept(out submit, new KlingSubmit(
                human!, cloth!, externalId, model.ValueKind == JsonValueKind.String ? model.GetString()! : Models[0],
                Text(root, "callback_url")))
            : KlingErrors.Value("external_task_id must not be empty");
    }

    private static KlingError? Accept(out KlingSubmit submit, KlingSubmit accepted)
    {
        submit = accepted;
        return null;
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static bool TryReadExternalId(JsonElement root, out string? externalId)
    {
        externalId = Text(root, "external_task_id");
        return externalId is null || externalId.Length > 0;
    }
}
