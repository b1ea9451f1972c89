using System.Diagnostics.CodeAnalysis;

namespace TryOn.Core.Egress;

public abstract record FetchResult
{
    private FetchResult()
    {
    }

    // ContentType is the server's claim without its parameters, never evidence of what the bytes are.
    public sealed record Fetched(byte[] Content, string? ContentType) : FetchResult;

    public sealed record Refused(FetchFailure Failure) : FetchResult;
}

// For logs and decisions. Telling a stranger which of these happened turns the gateway into a port scanner, so public
// answers fold them into one text.
[SuppressMessage("Design", "CA1008:Enums should have zero value", Justification = "No failure is the default one.")]
public enum FetchFailure
{
    InvalidAddress = 1,
    ForbiddenAddress,
    Unresolved,
    Unreachable,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    BadStatus,
}
