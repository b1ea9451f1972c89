namespace TryOn.Api.Tests.Jobs;

[Collection(Shared.Name)]
public sealed class RaceTests(SharedGateway gateway)
{
    private const int Racers = 1000;
    private const int Credits = 100;

    [Fact]
    public async Task ThousandRequests_OnAHundredCredits_AreAHundredJobs()
    {
        var account = await gateway.Run.Open(Credits, limits: new
        {
            requests_per_minute = 10 * Racers, status_requests_per_minute = 10 * Racers, concurrency = 10 * Racers,
        });

        var replies = await Task.WhenAll(Enumerable.Range(0, Racers).Select(
            _ => account.TryOn(Requests.Good(Requests.Kling))));

        Assert.Equal(Credits, replies.Count(reply => reply.Status == 202));
        Assert.All(replies.Where(reply => reply.Status != 202), reply =>
            Envelope.Check(reply, 402, "OutOfCredits", "payment_required"));
        var figures = await account.WaitUntilSettled();
        Assert.Equal(
            (0, 0, Credits), (figures.Number("available"), figures.Number("reserved"), figures.Number("captured")));
        var statement = await account.Statement();
        Assert.Equal(1 + (2 * Credits), statement.Count);
        Assert.All(statement, entry => Assert.True(entry.Number("available") >= 0, $"{entry} is below nothing"));
        Assert.Equal(
            Credits, replies.Where(reply => reply.Status == 202).Select(reply => reply.Json.Text("id")).Distinct()
                .Count());
    }
}
