using Microsoft.Extensions.Time.Testing;
using TryOn.Api.Progress;

namespace TryOn.Api.Tests.Progress;

public sealed class AnswerCacheTests
{
    private readonly FakeTimeProvider _clock = new();
    private int _asked;

    [Fact]
    public async Task Answer_ThatIsFresh_IsShared()
    {
        var answers = new AnswerCache<int>(_clock, TimeSpan.FromSeconds(1));
        Assert.Equal(1, await answers.Get("one", Ask));
        Assert.Equal(1, await answers.Get("one", Ask));
        Assert.Equal(2, await answers.Get("other", Ask));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, await answers.Get("one", Ask));
    }

    /// <summary>A front end runs for months, so old answers must not accumulate.</summary>
    [Fact]
    public async Task Answers_NobodyAsksForAgain_AreForgotten()
    {
        var answers = new AnswerCache<int>(_clock, TimeSpan.FromSeconds(1));
        for (var job = 0; job < 1_000; job++)
        {
            await answers.Get($"job {job}", Ask);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(answers.Count, 1, 20);
    }

    private Task<int> Ask() => Task.FromResult(++_asked);
}
