using Microsoft.Extensions.Options;
using TryOn.Core.Egress;

namespace TryOn.Api.Start;

public sealed class EgressOptionsValidator : IValidateOptions<EgressOptions>
{
    public ValidateOptionsResult Validate(string? name, EgressOptions options) =>
        EgressAllowList.TryParse(options.Allow, out _, out var error)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"TryOn:Egress:Allow: {error}");
}
