using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using TryOn.Providers.Tests.Fakes;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Tests.Wire;

/// <summary>Uses real sockets, because the classification depends on the errors that the runtime reports.</summary>
public sealed class UpstreamHttpTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Send_Answer_ComesWithStatusHintAndBody()
    {
        await using var upstream = new RawUpstream((_, socket) =>
            RawUpstream.Answer(socket, "429 Slow\r\nRetry-After: 7\r\nContent-Length: 4", "body"));

        var answered = Assert.IsType<UpstreamAnswer.Answered>(await Post(upstream.Address));

        Assert.Equal((429, TimeSpan.FromSeconds(7), "body"),
            (answered.Status, answered.RetryAfter, Encoding.ASCII.GetString(answered.Body)));
    }

    [Fact]
    public async Task Send_ConnectionRefused_WasNeverSent() =>
        Assert.IsType<UpstreamAnswer.NeverSent>(await Post($"http://127.0.0.1:{FreePort.Find()}"));

    [Fact]
    public async Task Send_NameThatDoesNotResolve_WasNeverSent() =>
        Assert.IsType<UpstreamAnswer.NeverSent>(await Post("http://upstream.invalid"));

    [Fact]
    public async Task Send_TlsThatFails_WasNeverSent()
    {
        // The client's hello is no HTTP request, so the server's answer is no TLS.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var socket = await listener.AcceptSocketAsync();
            await socket.ReceiveAsync(new byte[1024]);
            await RawUpstream.Answer(socket, "400 Bad Request");
        });

        var answer = await Post($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        await serving;
        Assert.IsType<UpstreamAnswer.NeverSent>(answer);
    }

    [Fact]
    public async Task Send_HandshakeThatStalls_WasNeverSent()
    {
        await using var upstream = new RawUpstream((_, _) => Task.CompletedTask);

        var answer = await Post(
            upstream.Address.Replace("http:", "https:"), connectTimeout: TimeSpan.FromMilliseconds(100));

        Assert.IsType<UpstreamAnswer.NeverSent>(answer);
    }

    [Fact]
    public async Task Send_ResetAfterTheRequest_LostTheAnswer()
    {
        await using var upstream = new RawUpstream((_, socket) =>
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
            return Task.CompletedTask;
        });

        Assert.Equal(new UpstreamAnswer.Lost("broken"), await Post(upstream.Address));
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task Send_PostDroppedOnAPooledConnection_IsNotRepeated()
    {
        await using var upstream = new RawUpstream(async (number, socket) =>
        {
            if (number == 1)
                await RawUpstream.Answer(socket, "200 OK\r\nContent-Length: 0");
            else
                socket.Shutdown(SocketShutdown.Both);
        });
        using var invoker = new HttpMessageInvoker(UpstreamHandler.Create());

        Assert.IsType<UpstreamAnswer.Answered>(await Post(upstream.Address, invoker));
        Assert.Equal(new UpstreamAnswer.Lost("broken"), await Post(upstream.Address, invoker));

        Assert.Equal((2, 1), (upstream.Requests, upstream.Connections));
    }

    [Fact]
    public async Task Send_BodyCutShort_LostTheAnswer()
    {
        await using var upstream = new RawUpstream(async (_, socket) =>
        {
            await RawUpstream.Answer(socket, "200 OK\r\nContent-Length: 100", "only this");
            socket.Shutdown(SocketShutdown.Both);
        });

        Assert.Equal(new UpstreamAnswer.Lost("broken"), await Post(upstream.Address));
    }

    [Theory]
    [InlineData("Content-Length: 9", "123456789")]
    [InlineData("Content-Length: 99999999999", "")]
    [InlineData("Transfer-Encoding: chunked", "9\r\n123456789\r\n9\r\n123456789\r\n")]
    public async Task Send_BodyOverTheCap_LostTheAnswer(string header, string body)
    {
        await using var upstream = new RawUpstream((_, socket) =>
            RawUpstream.Answer(socket, $"200 OK\r\n{header}", body));

        Assert.Equal(new UpstreamAnswer.Lost("too_large"), await Post(upstream.Address, bodyBytesMax: 8));
    }

    [Fact]
    public async Task Send_BodyAtTheCap_IsRead()
    {
        await using var upstream = new RawUpstream((_, socket) =>
            RawUpstream.Answer(socket, "200 OK\r\nContent-Length: 8", "12345678"));

        Assert.IsType<UpstreamAnswer.Answered>(await Post(upstream.Address, bodyBytesMax: 8));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Send_NoAnswerInTime_LostTheAnswer(bool headersCame)
    {
        var time = new FakeTimeProvider();
        await using var upstream = new RawUpstream(async (_, socket) =>
        {
            if (headersCame)
                await RawUpstream.Answer(socket, "200 OK\r\nContent-Length: 100", "slow");
            time.Advance(Ample);
        });

        using var watchdog = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Assert.Equal(
            new UpstreamAnswer.Lost("timeout"), await Post(upstream.Address, time: time, cancellation: watchdog.Token));
    }

    [Fact]
    public async Task Send_CanceledByItsCaller_Throws()
    {
        using var giveUp = new CancellationTokenSource();
        await using var upstream = new RawUpstream((_, _) => giveUp.CancelAsync());

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Post(upstream.Address, cancellation: giveUp.Token));
    }

    [Fact]
    public async Task Send_Redirect_IsAnAnswerAndNotFollowed()
    {
        await using var upstream = new RawUpstream((_, socket) =>
            RawUpstream.Answer(socket, "307 Go\r\nLocation: /elsewhere\r\nSet-Cookie: a=b\r\nContent-Length: 0"));

        Assert.Equal(307, Assert.IsType<UpstreamAnswer.Answered>(await Post(upstream.Address)).Status);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public void Create_Handler_KeepsToTheConfiguredHost()
    {
        using var handler = UpstreamHandler.Create();

        Assert.False(handler.UseProxy);
        Assert.False(handler.UseCookies);
        Assert.False(handler.AllowAutoRedirect);
        Assert.Null(handler.ActivityHeadersPropagator);
    }

    [Theory]
    [InlineData(90, 90)]
    [InlineData(-90, null)]
    [InlineData(90_000, 3600)]
    public void From_RetryAfterDate_IsMeasuredFromNow(int seconds, int? expected)
    {
        var time = new FakeTimeProvider();
        var header = new RetryConditionHeaderValue(time.GetUtcNow().AddSeconds(seconds));

        Assert.Equal(expected, (int?)RetryHint.From(header, time)?.TotalSeconds);
    }

    private static async Task<UpstreamAnswer> Post(
        string address,
        HttpMessageInvoker? invoker = null,
        TimeProvider? time = null,
        TimeSpan? connectTimeout = null,
        int bodyBytesMax = UpstreamHttp.BodyBytesMaxDefault,
        CancellationToken cancellation = default)
    {
        using var own = new HttpMessageInvoker(UpstreamHandler.Create(connectTimeout ?? Ample));
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent("content") };
        return await new UpstreamHttp(invoker ?? own, time ?? TimeProvider.System, bodyBytesMax)
            .Send(request, Ample, cancellation);
    }
}
