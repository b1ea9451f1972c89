using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace TryOn.Silo;

/// <summary>The message shown when the configuration or the machine prevents a start, without a stack trace.</summary>
internal static class StartupError
{
    /// <returns>A line for each error; null for an unexpected failure.</returns>
    public static string? FromException(Exception failure) => failure switch
    {
        OptionsValidationException options => string.Join(Environment.NewLine, options.Failures),
        OrleansConfigurationException => failure.Message,
        IOException { InnerException: AddressInUseException } => failure.Message,
        { InnerException: { } inner } => FromException(inner),
        _ => null,
    };
}
