using Microsoft.Extensions.Options;

namespace TryOn.Api.Limits;

public sealed class LimitOptionsValidator : IValidateOptions<LimitOptions>
{
    private const long RequestBytesMin = 1024 * 1024;

    public ValidateOptionsResult Validate(string? name, LimitOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (options.RequestBytesMax < RequestBytesMin)
            builder.AddError(
                $"TryOn:Limits:RequestBytesMax is {options.RequestBytesMax}; set it to {RequestBytesMin} or more.");
        if (options.IntakesMax < 1)
            builder.AddError($"TryOn:Limits:IntakesMax is {options.IntakesMax}; set it to 1 or more.");
        // A longer deadline allows more throttled attempts, each of which is stored in a record that is rewritten as a
        // whole.
        if (options.JobDeadline < TimeSpan.FromSeconds(10) || options.JobDeadline > TimeSpan.FromHours(1))
        {
            builder.AddError(
                $"TryOn:Limits:JobDeadline is {options.JobDeadline}; set it between ten seconds and one hour.");
        }

        if (options.SyncWait < TimeSpan.Zero || options.SyncWait > options.JobDeadline)
        {
            builder.AddError(
                $"TryOn:Limits:SyncWait is {options.SyncWait}; set it between zero and JobDeadline "
                    + $"({options.JobDeadline}).");
        }

        // Clients and proxies give up after 15 seconds to a minute of silence.
        if (options.Heartbeat <= TimeSpan.Zero || options.Heartbeat > TimeSpan.FromSeconds(15))
            builder.AddError(
                $"TryOn:Limits:Heartbeat is {options.Heartbeat}; set it above zero, to 15 seconds at most.");
        if (options.StreamsMax < 1)
            builder.AddError($"TryOn:Limits:StreamsMax is {options.StreamsMax}; set it to 1 or more.");
        if (options.KeepAliveAfter < TimeSpan.Zero)
            builder.AddError($"TryOn:Limits:KeepAliveAfter is {options.KeepAliveAfter}; set it to zero or more.");
        return builder.Build();
    }
}
