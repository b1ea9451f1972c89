using System.Diagnostics;

namespace TryOn.Storage.Tests.Sqlite;

internal static class Poll
{
    private static readonly TimeSpan WaitMax = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static async Task Until(Func<Task<bool>> condition, string expected)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < WaitMax, $"Not within {WaitMax}: {expected}");
            await Task.Delay(Interval, TimeProvider.System);
        }
    }
}
