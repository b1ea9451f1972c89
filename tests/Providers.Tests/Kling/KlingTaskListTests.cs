using System.Text;
using TryOn.Providers.Kling;
using TryOn.Providers.Wire;

namespace TryOn.Providers.Tests.Kling;

public sealed class KlingTaskListTests
{
    private readonly SettableClock _time = new();

    [Fact]
    public async Task Poll_AfterTheClockWasSetBack_IsAnswered()
    {
        var list = new KlingTaskList(_time);
        await PollByFour(list);

        _time.Offset = TimeSpan.FromMinutes(-10);
        _time.Advance(TimeSpan.FromSeconds(2));

        await PollByFour(list);
    }

    private static Task PollByFour(KlingTaskList list) =>
        Task.WhenAll(Enumerable.Range(0, 4).Select(_ => list.Find("a", Fetch))).WaitAsync(TimeSpan.FromSeconds(10));

    private static Task<UpstreamAnswer> Fetch(int page) => Task.FromResult<UpstreamAnswer>(new UpstreamAnswer.Answered(
        200, null, Encoding.UTF8.GetBytes("""{"code":0,"data":[{"task_id":"a","task_status":"processing"}]}""")));
}
