using System.Text;
using TryOn.Providers.Callbacks;

namespace TryOn.Providers.Tests.Callbacks;

/// <summary>The signature is the test vector that Kling publishes.</summary>
public sealed class StandardWebhookTests
{
    private const string Secret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=";
    private const string Id = "9876543210";
    private const string At = "1781080794";
    private const string Signature = "v1,UsKlJP00XoQyOn410NM9xv34sP+Gl0jnOO9Lcpr7NJ4=";
    private const string Body =
        """{"id":"1234567890","status":"succeeded","message":"","create_time":1781080778802,"update_time":1781080794151}""";

    [Theory]
    [InlineData(0)]
    [InlineData(300)]
    [InlineData(-300)]
    public void Signed_PublishedExample_IsValid(int secondsLate) =>
        Assert.True(Sut(secondsLate).Verify(Id, At, Signature, Encoding.UTF8.GetBytes(Body)));

    [Fact]
    public void Signed_OneOfSeveralSignatures_IsEnough() =>
        Assert.True(Sut().Verify(Id, At, $"v1,b2xk {Signature}", Encoding.UTF8.GetBytes(Body)));

    [Theory]
    [InlineData("1", At, Signature, Body, 0)]
    [InlineData(Id, "1781080795", Signature, Body, 0)]
    [InlineData(Id, At, "v1,AAAA", Body, 0)]
    [InlineData(Id, At, Signature, "{}", 0)]
    [InlineData(Id, At, Signature, Body, 301)]
    [InlineData(Id, At, Signature, Body, -301)]
    [InlineData(Id, "soon", Signature, Body, 0)]
    [InlineData(Id, "999999999999", Signature, Body, 0)]
    [InlineData(null, At, Signature, Body, 0)]
    [InlineData(Id, null, Signature, Body, 0)]
    [InlineData(Id, At, null, Body, 0)]
    public void Signed_AnythingElse_IsInvalid(
        string? id, string? at, string? signature, string body, int secondsLate) =>
        Assert.False(Sut(secondsLate).Verify(id, at, signature, Encoding.UTF8.GetBytes(body)));

    private static StandardWebhook Sut(int secondsLate = 0) =>
        new(Secret, new FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(long.Parse(At) + secondsLate)));
}
