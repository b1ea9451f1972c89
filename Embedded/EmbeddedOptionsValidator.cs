using Microsoft.Extensions.Options;

namespace TryOn.Embedded;

public sealed class EmbeddedOptionsValidator : IValidateOptions<EmbeddedOptions>
{
    public ValidateOptionsResult Validate(string? name, EmbeddedOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            builder.AddError("TryOn:DataDirectory is empty; name a folder that survives a restart.");
        if (options.IdleAge < TimeSpan.FromSeconds(1))
            builder.AddError($"TryOn:IdleAge is {options.IdleAge}; set it to one second or more.");
        return builder.Build();
    }
}
