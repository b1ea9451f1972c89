using System.Diagnostics.CodeAnalysis;

namespace TryOn.Core.Egress;

public abstract record FetchResult
{
    private FetchResult()
    {
    }

    // ContentType is what the server claims, without parameters; it proves nothing about the bytes.
    public sealed record Fetched(byte[] Content, string? ContentType) : FetchResult;

    public sealed record Refused(FetchFailure Failure) : FetchResult;
}

// For logs and decisions only. Telling a caller which of these happened would turn the gateway into a port scanner, so
// public answers use one text for all of them.
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
    Undecodable,
}
