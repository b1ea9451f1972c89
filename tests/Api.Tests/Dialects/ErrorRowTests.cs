using Microsoft.Extensions.DependencyInjection;
using TryOn.Core.Pictures;

namespace TryOn.Api.Tests.Dialects;

/// <summary>The specification's table of API-level errors, with a test for each row on both surfaces.</summary>
[Collection(Live.Name)]
public sealed class ErrorRowTests(LiveGateway gateway) : IAsyncLifetime
{
    public static TheoryData<string> Both => Dialect.Both;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => gateway.ClearFaults();

    [Theory]
    [InlineData(Dialect.TryItOn, """{"model_image": null}""", "model_image")]
    [InlineData(Dialect.TryItOn, """{"garment_image": ""}""", "garment_image")]
    [InlineData(Dialect.TryItOn, """{"num_samples": 5}""", "num_samples")]
    [InlineData(Dialect.TryItOn, """{"num_samples": 0}""", "num_samples")]
    [InlineData(Dialect.TryItOn, """{"category": "hats"}""", "category")]
    [InlineData(Dialect.TryItOn, """{"mode": "async"}""", "mode")]
    [InlineData(Dialect.TryItOn, """{"output_format": "gif"}""", "output_format")]
    [InlineData(Dialect.TryItOn, """{"moderation_level": "strict"}""", "moderation_level")]
    [InlineData(Dialect.TryItOn, """{"seed": -1}""", "seed")]
    [InlineData(Dialect.TryItOn, """{"seed": "x"}""", null)]
    [InlineData(Dialect.TryItOn, """{"garment_image": "no picture!"}""", "garment_image")]
    [InlineData(Dialect.TryItOn, """{"model_image": "data:image/png;base64,AAAA"}""", "model_image")]
    [InlineData(Dialect.Fashn, """{"garment_image": null}""", "garment_image")]
    [InlineData(Dialect.Fashn, """{"num_samples": 5}""", "num_samples")]
    public async Task BadRequest_OfAWrongField_NamesItAndCostsNothing(string surface, string fields, string? named)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => Dialect.Named(surface).Begin(account, fields));
        Dialect.Named(surface).Refused(reply, 400, "BadRequest");
        Assert.Contains(named ?? "", reply.Json.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task BadRequest_OfABodyThatIsNoJson_IsTold(string surface)
    {
        var account = await gateway.Run.Open();
        Dialect.Named(surface)
            .Refused(await account.Post(Dialect.Named(surface).BeginPath, Requests.Text("{")), 400, "BadRequest");
        Dialect.Named(surface)
            .Refused(await account.Post(Dialect.Named(surface).BeginPath, Requests.Text("{}")), 400, "BadRequest");
        Dialect.Named(surface)
            .Refused(await account.Post(Dialect.Named(surface).BeginPath, Requests.Good()), 400, "BadRequest");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task UnauthorizedAccess_OfAMissingOrWrongKey_IsTold(string surface)
    {
        var account = await gateway.Run.Open();
        foreach (var key in (string?[])[null, "wrong", account.Key[..^1] + "_"])
        {
            var stranger = new TestAccount(gateway.Run, account.Id, key ?? "");
            Dialect.Named(surface).Refused(await Dialect.Named(surface).Begin(stranger), 401, "UnauthorizedAccess");
            Dialect.Named(surface)
                .Refused(await Dialect.Named(surface).Poll(stranger, "job_x"), 401, "UnauthorizedAccess");
        }
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task NotFound_OfAJobThatIsNotOnesOwn_IsTold(string surface)
    {
        var (owner, stranger) = (await gateway.Run.Open(), await gateway.Run.Open());
        var id = Dialect.IdOf(await Dialect.Named(surface).Begin(owner));
        Dialect.Named(surface).Refused(await Dialect.Named(surface).Poll(stranger, id), 404, "NotFound");
        Dialect.Named(surface).Refused(await Dialect.Named(surface).Poll(stranger, "nothing"), 404, "NotFound");
        await Dialect.Named(surface).Ended(owner, id);
    }

    [Fact]
    public async Task NotFound_OfAKindThatIsNotOffered_IsTold()
    {
        var account = await gateway.Run.Open();
        var tattoo = await account.Post("/api/v1/tryon/tattoo", Requests.Text("{}"));
        Dialect.Named(Dialect.TryItOn).Refused(tattoo, 404, "NotFound");
        var model = await account.Post(
            "/v1/run", Requests.Json(new { model_name = "model-create", inputs = Dialect.Clothes }));
        Dialect.Named(Dialect.Fashn).Refused(model, 404, "NotFound");
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task RateLimitExceeded_OfOneTooMany_IsWorthRepeating(string surface)
    {
        var account = await gateway.Run.Open(limits: new { requests_per_minute = 1 });
        await Dialect.Named(surface).Begin(account, """{"num_samples": 9}""");
        var reply = await account.AssertUnchanged(() => Dialect.Named(surface).Begin(account));
        Dialect.Named(surface).Refused(reply, 429, "RateLimitExceeded");
        Assert.Equal("true", reply.Header("x-should-retry"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task ConcurrencyLimitExceeded_OfTheSeventhJob_IsWorthRepeating(string surface)
    {
        // Polls fail, so the jobs run until the fault is cleared.
        await gateway.InjectFault(new { provider = "kling", operation = "poll", action = "status", status = 503 });
        var account = await gateway.Run.Open(credits: 20, mode: "live");
        var ids = new List<string>();
        for (var n = 0; n < 6; n++)
            ids.Add(Dialect.IdOf(await Dialect.Named(surface).Begin(account)));
        var reply = await account.AssertUnchanged(() => Dialect.Named(surface).Begin(account));
        Dialect.Named(surface).Refused(reply, 429, "ConcurrencyLimitExceeded");
        Assert.Equal("true", reply.Header("x-should-retry"));
        await gateway.ClearFaults();
        foreach (var id in ids)
            Assert.Equal("completed", (await Dialect.Named(surface).Ended(account, id)).Text("status"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task OutOfCredits_OfTooFew_IsNotWorthRepeating(string surface)
    {
        var account = await gateway.Run.Open(credits: 3);
        var reply = await account.AssertUnchanged(() => Dialect.Named(surface).Begin(account,
            """{"num_samples": 4}"""));
        Dialect.Named(surface).Refused(reply, 429, "OutOfCredits");
        Assert.Equal("false", reply.Header("x-should-retry"));
    }

    [Theory]
    [MemberData(nameof(Both))]
    public async Task InternalServerError_OfOurOwnMistake_IsToldWithoutItsText(string surface)
    {
        await using var broken = await GatewayRun.Start(
            services: services => services.AddSingleton<IPictureStore, BrokenPictures>());
        var account = await broken.Open();
        var reply = await Dialect.Named(surface).Begin(account);
        Dialect.Named(surface).Refused(reply, 500, "InternalServerError");
        Assert.DoesNotContain("a secret", reply.Text, StringComparison.Ordinal);
    }

    private sealed class BrokenPictures : IPictureStore
    {
        public Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation) => throw Mistake();

        public Task<byte[]?> Read(PictureId id, CancellationToken cancellation) => throw Mistake();

        public Task Delete(PictureId id, CancellationToken cancellation) => throw Mistake();

        public IAsyncEnumerable<StoredPicture> List(CancellationToken cancellation) =>
            AsyncEnumerable.Empty<StoredPicture>();

        private static InvalidOperationException Mistake() => new("a secret of the house");
    }
}
