using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

public sealed class FirstStartTests(ITestOutputHelper output)
{
    /// <summary>No kill hits so short a moment, so what one would leave is put there: a secret half written.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task FirstStart_KilledWritingTheSecret_IsTakenUpAgain(int bytesWritten)
    {
        using var run = new GatewayRun(output);
        Directory.CreateDirectory(run.Gateway.DataDirectory);
        await File.WriteAllBytesAsync(Path.Combine(run.Gateway.DataDirectory, "secret.key"), new byte[bytesWritten]);
        await run.StartGateway();
        var opened = await run.Operator.Open("first", credits: 1, concurrency: 1);
        run.Gateway.Kill();
        await run.StartGateway();
        var again = await run.Operator.Read(opened.Id);
        run.Conclude(again.Granted == 1 ? [] : [$"{again}"]);
    }
}
