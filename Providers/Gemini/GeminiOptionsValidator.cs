using Microsoft.Extensions.Options;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Gemini;

public sealed class GeminiOptionsValidator : IValidateOptions<GeminiOptions>
{
    public ValidateOptionsResult Validate(string? name, GeminiOptions options)
    {
        var rules = new UpstreamRules(GeminiOptions.Section);
        rules.BaseUrl(options.BaseUrl, "https://generativelanguage.googleapis.com");
        rules.Secret(nameof(options.ApiKey), options.ApiKey);
        rules.Text(nameof(options.ModelId), options.ModelId);
        rules.Timeout(nameof(options.Timeout), options.Timeout);
        rules.Concurrency(options.ConcurrencyMax);
        rules.Text(nameof(options.DefaultPrompt), options.DefaultPrompt);
        return rules.Result;
    }
}
