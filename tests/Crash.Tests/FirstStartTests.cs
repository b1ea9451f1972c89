using Xunit.Abstractions;

namespace TryOn.Crash.Tests;

public sealed class FirstStartTests(ITestOutputHelper output)
{
    /// <summary>
    /// A kill cannot be timed to so short a moment, so the test writes the half-written secret itself.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task FirstStart_KilledWritingTheSecret_IsRepeated(int bytesWritten)
    {
        using var run = new SingleProcessRun(output);
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
