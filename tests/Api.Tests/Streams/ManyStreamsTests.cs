using System.Text;
using Xunit.Abstractions;

namespace TryOn.Api.Tests.Streams;

/// <summary>Tests that measure the memory of the whole process and therefore run alone.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class Alone;

/// <summary>
/// Many concurrent streams of a slow model. A few short ones by default; in full:
/// <c>TRYON_STREAMS=200 TRYON_STREAM_SECONDS=60 dotnet test tests/Api.Tests --filter ManyStreams</c>.
/// </summary>
[Collection("alone")]
public sealed class ManyStreamsTests(ITestOutputHelper output) : IAsyncLifetime
{
    /// <summary>Some clients abandon a stream that has been silent for this long.</summary>
    private static readonly TimeSpan SilenceMax = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The memory that may remain of an ended stream: its job's record for a while, and the sandbox's picture.
    /// </summary>
    private const long BytesLeftMax = 200 * 1024;

    /// <summary>
    /// What streams leave, each batch leaves. What the process does besides, such as buffers that its pools take once,
    /// is in one batch.
    /// </summary>
    private const int BatchesMax = 3;

    private static readonly int Streams = Setting("TRYON_STREAMS", 20);
    private static readonly int Seconds = Setting("TRYON_STREAM_SECONDS", 3);

    private readonly LiveGateway _gateway = new()
    {
        Overrides =
        {
            ["TryOn:Limits:Heartbeat"] = Seconds < 15 ? "00:00:00.500" : "00:00:05",
            ["TryOn:Providers:Gemini:ConcurrencyMax"] = "1000",
        },
    };

    public Task InitializeAsync() => _gateway.InitializeAsync();

    public Task DisposeAsync() => _gateway.DisposeAsync();

    [Fact]
    public async Task Streams_ManyAtOnce_ShowLifeAndLeaveNothing()
    {
        var account = await _gateway.Run.Open(
            credits: 10_000, mode: "live", limits: new { requests_per_minute = 10_000, concurrency = 1_000 });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(number => Stream(account, $"warm up {number}")));
        await _gateway.InjectFault(
            new { provider = "gemini", operation = "submit", action = "delay", delay_ms = Seconds * 1000 });
        var left = long.MaxValue;
        for (var batch = 1; batch <= BatchesMax && left > Streams * BytesLeftMax; batch++)
            left = await RunBatch(account, batch);

        Assert.InRange(left, long.MinValue, Streams * BytesLeftMax);
    }

    /// <summary>Bytes that remain after a batch of streams has ended.</summary>
    private async Task<long> RunBatch(TestAccount account, int batch)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var silences = await Task.WhenAll(
            Enumerable.Range(0, Streams).Select(number => Stream(account, $"stream {batch}.{number}")));
        await account.WaitUntilSettled();
        var left = GC.GetTotalMemory(forceFullCollection: true) - before;
        output.WriteLine(
            $"{Streams} streams of {Seconds} s: longest silence {silences.Max().TotalSeconds:F1} s, {left / 1024} KiB "
                + "left");
        Assert.True(silences.Max() < SilenceMax, $"{silences.Max()}");
        return left;
    }

    /// <summary>
    /// Returns the longest time without a byte. Each request must differ, or it would be taken for a repeat.
    /// </summary>
    private async Task<TimeSpan> Stream(TestAccount account, string prompt)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/chat/completions")
        {
            Content = Requests.Json(Requests.Chat(Requests.Gemini, prompt).With("""{"stream": true}""")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Key}");
        using var client = new HttpClient { BaseAddress = _gateway.Run.Address, Timeout = Timeout.InfiniteTimeSpan };
        var last = TimeProvider.System.GetTimestamp();
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8);
        var (silence, tail) = (TimeSpan.Zero, "");
        while (await reader.ReadLineAsync() is { } line)
        {
            var gap = TimeProvider.System.GetElapsedTime(last);
            (silence, last) = (gap > silence ? gap : silence, TimeProvider.System.GetTimestamp());
            tail = line.Length > 0 ? line : tail;
        }

        Assert.Equal("data: [DONE]", tail);
        return silence;
    }

    private static int Setting(string name, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), out var number) ? number : usual;
}
