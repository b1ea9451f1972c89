namespace TryOn.Api.Tests.Accounts;

[Collection(Shared.Name)]
public sealed class CreditEndpointTests(SharedGateway gateway)
{
    [Fact]
    public async Task Credits_AfterAJob_AreRightForEveryReader()
    {
        var account = await gateway.Run.Open(credits: 7);
        await account.TryOn(Requests.Good());
        await account.WaitUntilSettled();
        var reply = await account.Get("/api/v1/credits");
        Assert.Equal(
            """{"ok":true,"data":{"total_credits":7,"total_usage":1}"""
            + ""","credits":{"on_demand":6,"subscription":0,"purchased":6,"reserved":0},"balance":6}""",
            reply.Text);
    }
}
