using Orleans.Runtime;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

/// <summary>A text that no record contains any more is erased from the disk.</summary>
public sealed class ForgettingTests : IDisposable
{
    private const string Words = "words that nobody else would write";

    private static readonly GrainId Grain = GrainId.Create("note", "1");

    private readonly TemporaryDatabase _temporary = new(logEmptyInterval: TimeSpan.FromMilliseconds(300));

    public void Dispose() => _temporary.Dispose();

    [Theory]
    [InlineData(100)]
    [InlineData(50_000)]
    public async Task Text_Overwritten_IsGoneFromTheDisk(int length)
    {
        var (storage, state) = await WriteWords(length);

        state.State.Text = "other";
        await storage.WriteStateAsync("note", Grain, state);

        await WaitUntilGone(_temporary);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(50_000)]
    public async Task Text_Cleared_IsGoneFromTheDisk(int length)
    {
        var (storage, state) = await WriteWords(length);

        await storage.ClearStateAsync("note", Grain, state);

        await WaitUntilGone(_temporary);
    }

    [Fact]
    public async Task Text_OverwrittenAmongOtherWrites_IsGoneFromTheDisk()
    {
        var (storage, state) = await WriteWords(length: 100);
        state.State.Text = "other";
        await storage.WriteStateAsync("note", Grain, state);

        await Poll.Until(
            async () =>
            {
                await storage.WriteStateAsync("note", Grain, state);
                return !_temporary.AnyFileContains(Words);
            },
            "the text is gone while other texts are written");
    }

    [Fact]
    public async Task Text_OverwrittenBeforeAKill_IsGoneAfterTheRestart()
    {
        using var killed = new TemporaryDatabase();
        var storage = NoteStorage.Create(killed.Database);
        var state = new NoteState(Words);
        await storage.WriteStateAsync("note", Grain, state);
        state.State.Text = "other";
        await storage.WriteStateAsync("note", Grain, state);
        Assert.True(killed.AnyFileContains(Words));

        using var restarted = new TemporaryDatabase(logEmptyInterval: TimeSpan.FromMilliseconds(300), killed);

        await WaitUntilGone(restarted);
    }

    private async Task<(SqliteGrainStorage, NoteState)> WriteWords(int length)
    {
        var storage = NoteStorage.Create(_temporary.Database);
        var state = new NoteState(new string('x', length) + Words);
        await storage.WriteStateAsync("note", Grain, state);
        // So that the text is in the database's own pages and not only in the log.
        await _temporary.Database.EmptyLog();
        Assert.True(_temporary.AnyFileContains(Words));
        return (storage, state);
    }

    private static Task WaitUntilGone(TemporaryDatabase temporary) => Poll.Until(
        () => Task.FromResult(!temporary.AnyFileContains(Words)), "the text is gone from every file");
}
