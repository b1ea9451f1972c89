using Microsoft.AspNetCore.Http;
using TryOn.Api.Limits;

namespace TryOn.Api.Tests.Limits;

public sealed class RateHeadersTests
{
    [Fact]
    public void Headers_OfAWindow_AreWholeAndNeverNegative()
    {
        var response = new DefaultHttpContext().Response;
        RateHeaders.Write(response, limit: 20, remaining: -1, TimeSpan.FromSeconds(12.2));
        Assert.Equal("20", response.Headers["x-ratelimit-limit-requests"]);
        Assert.Equal("0", response.Headers["x-ratelimit-remaining-requests"]);
        Assert.Equal("13s", response.Headers["x-ratelimit-reset-requests"]);
    }
}
