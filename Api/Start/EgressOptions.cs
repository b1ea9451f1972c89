using Microsoft.Extensions.Options;
using TryOn.Core.Egress;
using TryOn.Engine.Egress;

namespace TryOn.Api.Start;

/// <summary>Section <c>TryOn:Egress</c>.</summary>
public sealed class EgressOptions
{
    /// <summary>Hosts, host:port or CIDRs that image addresses and webhooks may name besides public ones. Default: empty.</summary>
    public IList<string> Allow { get; set; } = [];

    public EgressAllowList ToList() => EgressAllowList.TryParse(Allow, out var list, out _) ? list : EgressAllowList.Empty;
}

public sealed class EgressOptionsValidator : IValidateOptions<EgressOptions>
{
    public ValidateOptionsResult Validate(string? name, EgressOptions options) =>
        EgressAllowList.TryParse(options.Allow, out _, out var error)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail($"TryOn:Egress:Allow: {error}");
}

public static class EgressRules
{
    /// <summary>How the gateway fetches what others name, and what they may name.</summary>
    public static void AddEgressRules(this WebApplicationBuilder builder)
    {
        builder.Services.AddEgress();
        builder.Services.AddOptionsWithValidateOnStart<EgressOptions, EgressOptionsValidator>()
            .BindConfiguration("TryOn:Egress");
        builder.Services.AddSingleton(services => services.GetRequiredService<IOptions<EgressOptions>>().Value.ToList());
    }
}
