using System.Diagnostics.CodeAnalysis;

namespace TryOn.Core.Errors;

/// <summary>The result of a call: a value or an error. Exactly one is set.</summary>
public sealed record Result<T>(T? Value, Error? Error)
    where T : class
{
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Ok => Error is null;

    public Result<TOther> Map<TOther>(Func<T, TOther> map)
        where TOther : class =>
        Ok ? new Result<TOther>(map(Value), null) : new Result<TOther>(null, Error);

    public static implicit operator Result<T>(T value) => new(value, null);

    public static implicit operator Result<T>(Error error) => new(null, error);
}
