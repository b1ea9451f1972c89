using System.Text.Json.Serialization;

namespace TryOn.Sandbox.Exchanges;

/// <summary>The upstreams that the sandbox stands in for; each has a folder of this name.</summary>
public enum Provider
{
    Kling,
    Gemini,

    [JsonStringEnumMemberName("openai")]
    OpenAI,
    Fal,
    Fashn,
}

/// <summary>What a gateway does at an upstream. One that answers a submit with the picture knows only that.</summary>
public enum Operation
{
    Submit,
    Poll,
    Download,

    /// <summary>A poll for many tasks at once. What is ordered for polls acts on it as well.</summary>
    List,

    /// <summary>The one thing that goes the other way: the upstream's own call when a task changes.</summary>
    Callback,

    /// <summary>What callbacks are checked with, where an upstream publishes it.</summary>
    Keys,
}
