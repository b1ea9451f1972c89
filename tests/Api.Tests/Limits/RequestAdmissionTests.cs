using System.Net;

namespace TryOn.Api.Tests.Limits;

public sealed class RequestAdmissionTests
{
    /// <summary>One request that is admitted and sixteen that are queued.</summary>
    private const int RoomForAll = 17;

    [Fact]
    public async Task Requests_BeyondPermitAndQueue_AreToldToComeBack()
    {
        await using var gateway = await GatewayRun.Start(new() { ["TryOn:Limits:IntakesMax"] = "1" });
        var account = await gateway.Open(credits: 100, limits: new { requests_per_minute = 100, concurrency = 100 });
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var requests = Enumerable.Range(0, RoomForAll + 1)
            .Select(_ => Send(gateway, account, new HeldContent(Requests.Good(Requests.Kling), gate.Task))).ToList();

        var first = await Task.WhenAny(requests);
        Envelope.Check(await first, 503, "Unavailable", "provider_overloaded");
        Assert.Equal("true", (await first).Header("x-should-retry"));
        Assert.Equal(200, (await account.Get("/api/v1/credits")).Status);

        gate.SetResult();
        var rest = await Task.WhenAll(requests.Where(request => request != first));
        Assert.All(rest, reply => Assert.Equal(202, reply.Status));
        Assert.Equal(RoomForAll, (await account.WaitUntilSettled()).Number("captured"));
    }

    [Fact]
    public async Task Permit_OfARequestThatWaitsForItsPicture_IsReleased()
    {
        await using var gateway = await GatewayRun.Start(new()
        {
            ["TryOn:Limits:IntakesMax"] = "1",
            ["TryOn:Sandbox:Speed"] = "4",
        });
        var account = await gateway.Open(credits: 100);
        var waiting = account.TryOn(Requests.Good(Requests.Gemini));

        Assert.Equal(202, (await account.TryOn(Requests.Good(Requests.Kling))).Status);
        Assert.False(waiting.IsCompleted, "the picture came too soon to show anything");
        Assert.Equal(200, (await waiting).Status);
    }

    /// <summary>
    /// Sends <c>Expect: 100-continue</c>, since otherwise an answer before the end of the body could be missed.
    /// </summary>
    private static async Task<Reply> Send(GatewayRun gateway, TestAccount account, HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tryon") { Content = content };
        request.Headers.ExpectContinue = true;
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        return await gateway.Send(request);
    }

    /// <summary>A body that is not sent before the gate task completes.</summary>
    private sealed class HeldContent : HttpContent
    {
        private readonly HttpContent _content;
        private readonly Task _gate;

        public HeldContent(HttpContent content, Task gate)
        {
            (_content, _gate) = (content, gate);
            foreach (var header in content.Headers)
                Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await _gate;
            await _content.CopyToAsync(stream);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = _content.Headers.ContentLength ?? 0;
            return true;
        }
    }
}
