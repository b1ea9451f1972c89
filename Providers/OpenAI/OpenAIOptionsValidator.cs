using Microsoft.Extensions.Options;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

public sealed class OpenAIOptionsValidator : IValidateOptions<OpenAIOptions>
{
    public ValidateOptionsResult Validate(string? name, OpenAIOptions options)
    {
        var rules = new UpstreamRules(OpenAIOptions.Section);
        rules.BaseUrl(options.BaseUrl, "https://api.openai.com");
        rules.Secret(nameof(options.ApiKey), options.ApiKey);
        rules.Secret(nameof(options.Organization), options.Organization);
        rules.Secret(nameof(options.Project), options.Project);
        rules.Text(nameof(options.ModelId), options.ModelId);
        rules.Text(nameof(options.Quality), options.Quality);
        rules.Timeout(nameof(options.Timeout), options.Timeout);
        rules.Concurrency(options.ConcurrencyMax);
        rules.Text(nameof(options.DefaultPrompt), options.DefaultPrompt);
        if (options.InputFidelity is not (null or "" or "high" or "low"))
            rules.AddError(
                nameof(options.InputFidelity), $"is '{options.InputFidelity}'; give high or low, or remove the key.");
        return rules.Result;
    }
}
