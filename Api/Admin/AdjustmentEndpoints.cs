using TryOn.Api.Errors;
using TryOn.Api.Http;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;

namespace TryOn.Api.Admin;

/// <summary>Routes by which an operator corrects a balance by hand, or freezes and unfreezes an account.</summary>
public static class AdjustmentEndpoints
{
    private const int OperationIdLengthMax = 255;
    private const int ReasonLengthMax = 500;

    public static void MapAdjustments(this RouteGroupBuilder admin)
    {
        admin.MapPost("/accounts/{id}/adjustments", Adjust);
        admin.MapPost("/accounts/{id}/freeze", Freeze);
        admin.MapPost("/accounts/{id}/unfreeze", Unfreeze);
    }

    /// <summary>Validates an operation id and a reason. Null when a statement entry can hold both.</summary>
    public static Error? Refuse(string? operationId, string? reason) => (operationId, reason) switch
    {
        (null or "", _) or ({ Length: > OperationIdLengthMax }, _) => Invalid(
            $"Name an operation_id of at most {OperationIdLengthMax} characters, so that sending it twice counts once.",
            "operation_id"),
        _ when string.IsNullOrWhiteSpace(operationId) =>
            Invalid("An operation_id is more than blanks.", "operation_id"),
        (_, { Length: > ReasonLengthMax }) => Invalid($"A reason has at most {ReasonLengthMax} characters.", "reason"),
        _ => null,
    };

    private static async Task<IResult> Adjust(
        string id, HttpRequest request, IDirectory directory, CancellationToken cancellation)
    {
        var body = await JsonBody.Read<NewGrant>(request, cancellation);
        if (!body.Ok)
            return new ErrorResult(body.Error);
        if (Refuse(body.Value.OperationId, body.Value.Reason) is { } refusal)
            return new ErrorResult(refusal);
        var adjusted = await directory.Account(id).Ask(new AccountCommand.Adjust(
            body.Value.Amount, body.Value.OperationId!, body.Value.Reason ?? ""));
        return adjusted.ToHttp(account => TypedResults.Json(AccountObject.FromAccount(account)));
    }

    private static async Task<IResult> Freeze(
        string id, HttpRequest request, IDirectory directory, CancellationToken cancellation)
    {
        // The body is optional, because in an emergency nobody should have to state a reason.
        var body = request.HasJsonContentType()
            ? await JsonBody.Read<NewFreeze>(request, cancellation)
            : new NewFreeze(null);
        if (!body.Ok)
            return new ErrorResult(body.Error);
        if (body.Value.Reason?.Length > ReasonLengthMax)
            return new ErrorResult(Invalid($"A reason has at most {ReasonLengthMax} characters.", "reason"));
        var frozen = await directory.Account(id).Ask(new AccountCommand.Freeze(body.Value.Reason ?? ""));
        return frozen.ToHttp(account => TypedResults.Json(AccountObject.FromAccount(account)));
    }

    private static async Task<IResult> Unfreeze(string id, IDirectory directory)
    {
        var unfrozen = await directory.Account(id).Ask(new AccountCommand.Unfreeze());
        return unfrozen.ToHttp(account => TypedResults.Json(AccountObject.FromAccount(account)));
    }

    private static Error Invalid(string message, string param) => new(ErrorCode.InvalidRequest, message, param);
}

public sealed record NewFreeze(string? Reason);
