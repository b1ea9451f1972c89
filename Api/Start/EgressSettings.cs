using Microsoft.Extensions.Options;
using TryOn.Engine.Egress;

namespace TryOn.Api.Start;

public static class EgressSettings
{
    /// <summary>
    /// Registers how the gateway calls addresses that callers supply, and which addresses are allowed.
    /// </summary>
    public static void AddEgressRules(this WebApplicationBuilder builder)
    {
        builder.Services.AddEgress();
        builder.Services.AddOptionsWithValidateOnStart<EgressOptions, EgressOptionsValidator>()
            .BindConfiguration("TryOn:Egress");
        builder.Services.AddSingleton(
            services => services.GetRequiredService<IOptions<EgressOptions>>().Value.ToList());
    }
}
