using Microsoft.Extensions.Options;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fal;

public sealed class FalOptionsValidator : IValidateOptions<FalOptions>
{
    public ValidateOptionsResult Validate(string? name, FalOptions options)
    {
        var rules = new UpstreamRules(FalOptions.Section);
        rules.BaseUrl(options.BaseUrl, "https://queue.fal.run");
        rules.Address(nameof(options.HistoryUrl), options.HistoryUrl, "https://api.fal.ai");
        rules.Address(
            nameof(options.WebhookKeysUrl), options.WebhookKeysUrl, "https://rest.fal.ai/.well-known/jwks.json");
        rules.Secret(nameof(options.ApiKey), options.ApiKey);
        rules.Text(nameof(options.DefaultPrompt), options.DefaultPrompt);
        rules.Timeout(nameof(options.Timeout), options.Timeout);
        rules.Timeout(nameof(options.FirstPoll), options.FirstPoll);
        rules.Timeout(nameof(options.PollInterval), options.PollInterval);
        rules.Timeout(nameof(options.HistoryLag), options.HistoryLag);
        rules.Concurrency(options.ConcurrencyMax);
        Endpoint(rules, nameof(options.ModelId), options.ModelId);
        Endpoint(rules, nameof(options.KlingModelId), options.KlingModelId);
        if (options.SafetyTolerance is < 1 or > 6)
            rules.AddError(
                nameof(options.SafetyTolerance), $"is {options.SafetyTolerance}; give a number from 1 to 6.");
        return rules.Result;
    }

    private static void Endpoint(UpstreamRules rules, string key, string value)
    {
        if (value.Split('/') is not { Length: >= 2 } parts || parts.Any(part => part.Length == 0))
            rules.AddError(key, $"is '{value}'; give an owner and an app, such as fal-ai/flux-pro/kontext/multi.");
    }
}
