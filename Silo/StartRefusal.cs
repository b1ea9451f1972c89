using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace TryOn.Silo;

/// <summary>
/// What the terminal shows of a start that its configuration or its machine does not allow: no stack trace.
/// </summary>
internal static class StartRefusal
{
    /// <returns>A line for each fault. Null for a failure that nobody has foreseen.</returns>
    public static string? FromException(Exception failure) => failure switch
    {
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        OrleansConfigurationException => failure.Message,
        IOException { InnerException: AddressInUseException } => failure.Message,
        { InnerException: { } inner } => FromException(inner),
        _ => null,
    };
}
