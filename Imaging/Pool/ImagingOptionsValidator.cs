using Microsoft.Extensions.Options;

namespace TryOn.Imaging.Pool;

internal sealed class ImagingOptionsValidator : IValidateOptions<ImagingOptions>
{
    private const int WorkersMax = 64;
    private const int MemoryMinMiB = 256;

    public ValidateOptionsResult Validate(string? name, ImagingOptions options)
    {
        if (options.Workers is < 1 or > WorkersMax)
            return Wrong("Workers", options.Workers, $"a number from 1 to {WorkersMax}");
        if (options.TimeMax < TimeSpan.FromSeconds(1))
            return Wrong("TimeMax", options.TimeMax, "one second or more");
        if (options.MemoryMaxMiB < MemoryMinMiB)
            return Wrong("MemoryMaxMiB", options.MemoryMaxMiB, $"{MemoryMinMiB} or more");
        return options.IdleMax > TimeSpan.Zero
            ? ValidateOptionsResult.Success
            : Wrong("IdleMax", options.IdleMax, "more than zero");
    }

    private static ValidateOptionsResult Wrong(string setting, object value, string allowed) =>
        ValidateOptionsResult.Fail($"TryOn:Imaging:{setting} is {value}; set it to {allowed}.");
}
