using Microsoft.Extensions.Options;
using TryOn.Providers.Callbacks;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Kling;

public sealed class KlingOptionsValidator : IValidateOptions<KlingOptions>
{
    public ValidateOptionsResult Validate(string? name, KlingOptions options)
    {
        var rules = new UpstreamRules(KlingOptions.Section);
        rules.BaseUrl(options.BaseUrl, "https://api-singapore.klingai.com");
        rules.Text(nameof(options.ModelId), options.ModelId);
        rules.Timeout(nameof(options.Timeout), options.Timeout);
        rules.Timeout(nameof(options.FirstPoll), options.FirstPoll);
        rules.Timeout(nameof(options.PollInterval), options.PollInterval);
        rules.Concurrency(options.ConcurrencyMax);
        rules.Secret(nameof(options.ApiKey), options.ApiKey);
        rules.Secret(nameof(options.AccessKey), options.AccessKey);
        rules.Secret(nameof(options.SecretKey), options.SecretKey);
        if (!string.IsNullOrEmpty(options.WebhookSecret) && !StandardWebhook.IsValidSecret(options.WebhookSecret))
            rules.AddError(
                nameof(options.WebhookSecret), "(value not shown) is not whsec_ and base64; paste it again.");
        if (string.IsNullOrEmpty(options.AccessKey) != string.IsNullOrEmpty(options.SecretKey))
        {
            var missing = string.IsNullOrEmpty(options.AccessKey) ? "AccessKey" : "SecretKey";
            rules.AddError(missing, "is empty although its other half is given; give AccessKey and SecretKey together, "
                + "or neither and an ApiKey.");
        }

        return rules.Result;
    }
}
