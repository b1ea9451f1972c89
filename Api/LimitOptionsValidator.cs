using Microsoft.Extensions.Options;

namespace TryOn.Api;

public sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    private const long RequestBytesMin = 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (options.RequestBytesMax < RequestBytesMin)
            builder.AddError($"TryOn:Limits:RequestBytesMax is {options.RequestBytesMax}; set it to {RequestBytesMin} or more.");
        if (options.IntakesMax < 1)
            builder.AddError($"TryOn:Limits:IntakesMax is {options.IntakesMax}; set it to 1 or more.");
        if (options.JobDeadline < TimeSpan.FromSeconds(10))
            builder.AddError($"TryOn:Limits:JobDeadline is {options.JobDeadline}; set it to ten seconds or more.");
        if (options.SyncWait < TimeSpan.Zero || options.SyncWait > options.JobDeadline)
        {
            builder.AddError(
                $"TryOn:Limits:SyncWait is {options.SyncWait}; set it between zero and JobDeadline ({options.JobDeadline}).");
        }

        return builder.Build();
    }
}
