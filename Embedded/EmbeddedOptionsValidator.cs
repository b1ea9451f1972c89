using Microsoft.Extensions.Options;

namespace TryOn.Embedded;

public sealed class EmbeddedOptionsValidator : IValidateOptions<EmbeddedOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            builder.AddError("TryOn:DataDirectory is empty; name a folder that survives a restart.");
        // An account that leaves memory forgets what it has counted in its rate limits' window.
        if (options.IdleAge < TimeSpan.FromSeconds(60))
            builder.AddError($"TryOn:IdleAge is {options.IdleAge}; set it to 60 seconds or more.");
        return builder.Build();
    }
}
