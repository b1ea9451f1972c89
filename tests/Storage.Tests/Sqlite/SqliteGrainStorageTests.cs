using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

public sealed class SqliteGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("note", "1");

    private readonly TemporaryDatabase _temporary = new();

    private SqliteGrainStorage Storage => NoteStorage.Create(_temporary.Database);

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Read_NoRow_GivesANewState()
    {
        var state = new NoteState("held") { ETag = "7", RecordExists = true };

        await Storage.ReadStateAsync("note", Grain, state);

        Assert.Equal(("", null, false), (state.State.Text, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task Read_AfterReopening_GivesWhatWasWritten()
    {
        await Write("first");
        _temporary.Reopen();

        var state = await Read();

        Assert.Equal(("first", "1", true), (state.State.Text, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task States_OfOtherNamesAndGrains_AreApart()
    {
        await Write("first");

        Assert.False((await Read(name: "other")).RecordExists);
        Assert.False((await Read(grain: GrainId.Create("note", "2"))).RecordExists);
        Assert.False((await Read(grain: GrainId.Create("other", "1"))).RecordExists);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("-1")]
    [InlineData("not a number")]
    public async Task Write_OtherETag_ChangesNothing(string? eTag)
    {
        await Storage.WriteStateAsync("note", Grain, await Write("first"));
        var stale = new NoteState("stale") { ETag = eTag };

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync("note", Grain, stale));

        Assert.Equal(("2", eTag), (conflict.StoredEtag, conflict.CurrentEtag));
        Assert.Equal(("stale", eTag, false), (stale.State.Text, stale.ETag, stale.RecordExists));
        Assert.Equal(("first", "2"), ((await Read()).State.Text, (await Read()).ETag));
    }

    [Fact]
    public async Task Write_ETagWithoutARow_IsRefused()
    {
        var state = new NoteState("") { ETag = "1", RecordExists = true };

        var conflict = await Assert.ThrowsAsync<InconsistentStateException>(
            () => Storage.WriteStateAsync("note", Grain, state));

        Assert.Null(conflict.StoredEtag);
        Assert.False((await Read()).RecordExists);
    }

    [Fact]
    public async Task Writers_AtOneVersion_OnlyOneSucceeds()
    {
        await Write("first");
        var states = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Read()));
        for (var i = 0; i < states.Length; i++)
            states[i].State.Text = $"writer {i}";

        var writes = states.Select(state => Storage.WriteStateAsync("note", Grain, state)).ToList();
        await Task.WhenAny(Task.WhenAll(writes));

        var winner = Assert.Single(Enumerable.Range(0, 20), i => writes[i].IsCompletedSuccessfully);
        Assert.Equal($"writer {winner}", (await Read()).State.Text);
        Assert.All(writes.Where(write => write.IsFaulted), write =>
            Assert.IsType<InconsistentStateException>(write.Exception!.InnerException));
    }

    [Fact]
    public async Task Conflict_InABatch_SparesTheOthers()
    {
        var release = _temporary.Block();
        var writes = Enumerable.Range(0, 50).Select(i => Storage.WriteStateAsync(
            "note", GrainId.Create("note", $"{i % 40}"), new NoteState(""))).ToList();
        release();
        await Task.WhenAny(Task.WhenAll(writes));

        Assert.Equal(40, writes.Count(write => write.IsCompletedSuccessfully));
    }

    [Fact]
    public async Task Write_FailingDisk_LeavesTheGrainStateAlone()
    {
        var state = await Write("first");
        state.State.Text = "second";
        await _temporary.Database.Read(statements => statements.Execute("PRAGMA query_only=ON"));

        await Assert.ThrowsAsync<SqliteException>(() => Storage.WriteStateAsync("note", Grain, state));
        await Assert.ThrowsAsync<SqliteException>(() => Storage.ClearStateAsync("note", Grain, state));

        Assert.Equal(("second", "1", true), (state.State.Text, state.ETag, state.RecordExists));
    }

    [Fact]
    public async Task Read_DamagedPayload_FailsItsReaderAlone()
    {
        await Write("first");
        await _temporary.Database.Write(statements =>
            statements.Execute("UPDATE grain_states SET payload = x'7b5b'"));
        var state = new NoteState("held") { ETag = "7" };
        var release = _temporary.Block();

        var read = Storage.ReadStateAsync("note", Grain, state);
        var write = Storage.WriteStateAsync("other", Grain, new NoteState(""));
        release();

        await Assert.ThrowsAsync<JsonException>(() => read);
        await write;
        Assert.Equal(("held", "7"), (state.State.Text, state.ETag));
    }

    [Fact]
    public async Task Clear_OfAnExistingRow_RemovesIt()
    {
        var state = await Write("first");

        await Storage.ClearStateAsync("note", Grain, state);

        Assert.Equal(("", null, false), (state.State.Text, state.ETag, state.RecordExists));
        Assert.False((await Read()).RecordExists);
    }

    [Fact]
    public async Task Clear_NoRow_Succeeds()
    {
        var state = await Read();

        await Storage.ClearStateAsync("note", Grain, state);

        Assert.Null(state.ETag);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2")]
    [InlineData("not a number")]
    public async Task Clear_OtherETag_ChangesNothing(string? eTag)
    {
        await Write("first");
        var stale = new NoteState("stale") { ETag = eTag };

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("note", Grain, stale));

        Assert.Equal(("stale", eTag), (stale.State.Text, stale.ETag));
        Assert.Equal("first", (await Read()).State.Text);
    }

    [Fact]
    public async Task Row_WrittenAgainAfterAClear_RefusesTheOldETag()
    {
        var stale = await Write("first");
        var state = await Read();
        await Storage.ClearStateAsync("note", Grain, state);
        state.State.Text = "again";
        await Storage.WriteStateAsync("note", Grain, state);
        _temporary.Reopen();

        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("note", Grain, stale));

        Assert.Equal("again", (await Read()).State.Text);
    }

    [Fact]
    public async Task Payload_Empty_IsARecord()
    {
        var storage = NoteStorage.Create(_temporary.Database, new EmptySerializer());
        await storage.WriteStateAsync("note", Grain, new NoteState(""));
        var state = new NoteState("");

        await storage.ReadStateAsync("note", Grain, state);

        Assert.True(state.RecordExists);
    }

    private async Task<NoteState> Write(string text)
    {
        var state = new NoteState(text);
        await Storage.WriteStateAsync("note", Grain, state);
        return state;
    }

    private async Task<NoteState> Read(string name = "note", GrainId? grain = null)
    {
        var state = new NoteState("");
        await Storage.ReadStateAsync(name, grain ?? Grain, state);
        return state;
    }

    private sealed class EmptySerializer : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new([]);

        public T? Deserialize<T>(BinaryData input) => default;
    }
}
