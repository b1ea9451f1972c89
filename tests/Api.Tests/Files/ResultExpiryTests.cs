using Microsoft.Extensions.DependencyInjection;

namespace TryOn.Api.Tests.Files;

public sealed class ResultExpiryTests
{
    [Fact]
    public async Task Link_PastItsTime_IsNotFound()
    {
        var clock = new StillClock();
        await using var gateway = await GatewayRun.Start(
            services: services => services.AddSingleton<TimeProvider>(clock));
        var account = await gateway.Open();
        var link = (await account.TryOn(Requests.Good())).Json.List("output")[0].Text("url");
        await account.WaitUntilSettled();

        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromMinutes(5));
        Assert.Equal(200, (await gateway.Send(HttpMethod.Get, link, bearer: null)).Status);
        clock.Advance(TimeSpan.FromMinutes(10));
        var late = await gateway.Send(HttpMethod.Get, link, bearer: null);
        Envelope.Check(late, 404, "NotFound", "not_found");
        var tampered = await gateway.Send(HttpMethod.Get, link + "x", bearer: null);
        Assert.Equal(late.Json.Text("message"), tampered.Json.Text("message"));
    }
}
