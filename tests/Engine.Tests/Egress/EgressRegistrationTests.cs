using Microsoft.Extensions.DependencyInjection;
using TryOn.Core.Egress;
using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class EgressRegistrationTests
{
    [Fact]
    public void AddEgress_WithAClock_GivesOneFetcher()
    {
        using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddEgress()
            .BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true });

        Assert.Same(services.GetRequiredService<IFetcher>(), services.GetRequiredService<IFetcher>());
    }
}
