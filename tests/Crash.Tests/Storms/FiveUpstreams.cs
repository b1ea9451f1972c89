using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Storms;

/// <summary>A model of each provider, and the settings of a gateway whose live upstreams are all one sandbox.</summary>
internal static class FiveUpstreams
{
    public static readonly IReadOnlyDictionary<string, string> Models = new Dictionary<string, string>
    {
        ["kling"] = Order.Kling,
        ["gemini"] = Order.Gemini,
        ["openai"] = "openai/gpt-image-1",
        ["fal"] = "fal/flux-kontext",
        ["fashn"] = "fashn/tryon-v1-6",
    };

    /// <summary>The settings of a sandbox whose providers all take this long for a picture.</summary>
    public static Dictionary<string, string> Sandbox(TimeSpan latency) =>
        new[] { "Kling", "Gemini", "OpenAI", "Fal", "Fashn" }
        .ToDictionary(provider => $"Sandbox__{provider}Latency", _ => latency.ToString());

    /// <summary>The keys of OpenAI, fal and FASHN are the sandbox's defaults.</summary>
    /// <param name="latency">The latency of the sandbox, after which queued tasks are polled for the first
    /// time.</param>
    /// <param name="more">Further settings.</param>
    public static Func<Uri, IReadOnlyDictionary<string, string>> Gateway(
        TimeSpan latency, params (string Name, string Value)[] more) => sandbox =>
    {
        var settings = new Dictionary<string, string>
        {
            ["TryOn__Providers__OpenAI__ApiKey"] = "sandbox-openai-key",
            ["TryOn__Providers__Fal__ApiKey"] = "sandbox-fal-key",
            ["TryOn__Providers__Fal__HistoryUrl"] = $"{sandbox}",
            ["TryOn__Providers__Fashn__ApiKey"] = "sandbox-fashn-key",
            ["TryOn__Limits__SyncWait"] = "00:00:00",
        };
        foreach (var provider in (string[])["OpenAI", "Fal", "Fashn"])
        {
            settings[$"TryOn__Providers__{provider}__BaseUrl"] = $"{sandbox}";
            settings[$"TryOn__Providers__{provider}__ConcurrencyMax"] = "64";
        }

        foreach (var provider in (string[])["Kling", "Fal", "Fashn"])
        {
            settings[$"TryOn__Providers__{provider}__FirstPoll"] = $"{latency}";
            settings[$"TryOn__Providers__{provider}__PollInterval"] = "00:00:00.5";
        }

        foreach (var (name, value) in more)
            settings[name] = value;
        return settings;
    };
}
