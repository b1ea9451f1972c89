using System.Text.Json.Serialization;

namespace TryOn.Sandbox.Wire;

/// <summary>The upstreams that the sandbox simulates; each has a folder of this name.</summary>
public enum Provider
{
    Kling,
    Gemini,

    [JsonStringEnumMemberName("openai")]
    OpenAI,
    Fal,
    Fashn,
}
