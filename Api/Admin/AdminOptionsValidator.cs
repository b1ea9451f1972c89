using Microsoft.Extensions.Options;

namespace TryOn.Api.Admin;

public sealed class AdminOptionsValidator : IValidateOptions<AdminOptions>
{
    private const int LengthMin = 24;

    public ValidateOptionsResult Validate(string? name, AdminOptions options) =>
        options.Token.Length is 0 or >= LengthMin
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"TryOn:Admin:Token has {options.Token.Length} characters; use {LengthMin} random ones or more, or leave "
                + "it out.");
}
