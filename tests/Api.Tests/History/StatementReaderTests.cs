using TryOn.Api.History;

namespace TryOn.Api.Tests.History;

public sealed class StatementReaderTests
{
    private const int Jobs = 20_000;

    private static readonly PaperStatement Long = Make();

    [Fact]
    public async Task Backwards_TheNewestTwenty_ReadNoMoreThanAPiece()
    {
        var before = Long.Read;

        var newest = await CreateSut().Before(long.MaxValue, default).Take(20).ToListAsync();

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (2L * Jobs) + 1 - i), newest.Select(entry => entry.Sequence));
        Assert.InRange(Long.Read - before, 20, 300);
    }

    [Theory]
    [InlineData(long.MaxValue)]
    [InlineData(257)]
    [InlineData(256)]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Backwards_FromAnywhere_MissesAndRepeatsNothing(long before)
    {
        var sequences = await CreateSut().Before(before, default).Select(entry => entry.Sequence).ToListAsync();

        var newest = Math.Min(before - 1, (2 * Jobs) + 1);
        Assert.Equal(Enumerable.Range(0, (int)newest).Select(i => newest - i), sequences);
    }

    [Fact]
    public async Task Forwards_FromTheMiddle_MissesAndRepeatsNothing()
    {
        var sequences = await CreateSut().After(39_000, default).Select(entry => entry.Sequence).ToListAsync();

        Assert.Equal(Enumerable.Range(39_001, (2 * Jobs) + 1 - 39_000).Select(i => (long)i), sequences);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 0)]
    [InlineData(0.5, 3)]
    [InlineData(Jobs, (2 * Jobs) + 1)]
    public async Task LastBefore_ATime_IsTheEntryAheadOfIt(double hours, long expected)
    {
        var before = Long.Read;

        Assert.Equal(expected, await CreateSut().LastBefore(PaperStatement.Start.AddHours(hours)));
        Assert.InRange(Long.Read - before, 0, 20);
    }

    private static StatementReader CreateSut() => new(Long.Pages);

    private static PaperStatement Make()
    {
        var paper = new PaperStatement().Grant(1_000_000);
        for (var job = 0; job < Jobs; job++)
            paper.Reserve($"job_{job}", job).Capture($"job_{job}", job + 0.1);
        return paper;
    }
}
