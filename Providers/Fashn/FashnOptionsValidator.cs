using Microsoft.Extensions.Options;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Fashn;

public sealed class FashnOptionsValidator : IValidateOptions<FashnOptions>
{
    private static readonly string[] Modes = ["performance", "balanced", "quality"];
    private static readonly string[] Levels = ["conservative", "permissive", "none"];

    public ValidateOptionsResult Validate(string? name, FashnOptions options)
    {
        var rules = new UpstreamRules(FashnOptions.Section);
        rules.BaseUrl(options.BaseUrl, "https://api.fashn.ai");
        rules.Secret(nameof(options.ApiKey), options.ApiKey);
        rules.Text(nameof(options.ModelId), options.ModelId);
        rules.Timeout(nameof(options.Timeout), options.Timeout);
        rules.Timeout(nameof(options.FirstPoll), options.FirstPoll);
        rules.Timeout(nameof(options.PollInterval), options.PollInterval);
        rules.Concurrency(options.ConcurrencyMax);
        rules.OneOf(nameof(options.Mode), options.Mode, Modes);
        rules.OneOf(nameof(options.ModerationLevel), options.ModerationLevel, Levels);
        return rules.Result;
    }
}
