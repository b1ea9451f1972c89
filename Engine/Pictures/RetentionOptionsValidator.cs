using Microsoft.Extensions.Options;
using TryOn.Core.Pictures;

namespace TryOn.Engine.Pictures;

public sealed class RetentionOptionsValidator : IValidateOptions<RetentionOptions>
{
    /// <summary>A job may still start this long after its pictures were stored.</summary>
    private static readonly TimeSpan OrphanAgeMin = Core.Jobs.JobMachine.StartMax + TimeSpan.FromSeconds(5);

    public ValidateOptionsResult Validate(string? name, RetentionOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (options.Results < TimeSpan.FromMinutes(1))
            builder.AddError($"TryOn:Retention:Results is {options.Results}; set it to one minute or more.");
        if (options.OrphanAge < OrphanAgeMin)
            builder.AddError($"TryOn:Retention:OrphanAge is {options.OrphanAge}; set it to {OrphanAgeMin} or more.");
        if (options.SweepInterval < TimeSpan.FromSeconds(1))
            builder.AddError(
                $"TryOn:Retention:SweepInterval is {options.SweepInterval}; set it to one second or more.");
        return builder.Build();
    }
}
