using System.Text.Json;
using Microsoft.Data.Sqlite;
using TryOn.Embedded.Storage;

namespace TryOn.Embedded.Tests.Storage;

public sealed class SqliteStoreTests : IDisposable
{
    private static readonly GrainKey Key = new(GrainKind.Job, "job");

    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-").FullName;
    private SqliteStore _store;

    public SqliteStoreTests() => _store = Open();

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Record_Written_IsReadBackAfterReopening()
    {
        await _store.Write(Key, version: 0, unfinished: true, [1, 2, 3]);
        _store.Dispose();
        _store = Open();

        var stored = await _store.Read(Key);

        Assert.Equal(1, stored!.Version);
        Assert.Equal([1, 2, 3], stored.State);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task Write_AtAnotherVersion_ChangesNothing(long version)
    {
        await _store.Write(Key, version: 0, unfinished: false, [1]);
        await _store.Write(Key, version: 1, unfinished: false, [2]);

        await Assert.ThrowsAsync<WriteConflictException>(() => _store.Write(Key, version, unfinished: false, [9]));

        Assert.Equal([2], (await _store.Read(Key))!.State);
    }

    [Fact]
    public async Task Conflict_InABatch_SparesTheOthers()
    {
        var writes = Enumerable.Range(0, 50)
            .Select(i => _store.Write(Key with { Id = $"job-{i % 40}" }, version: 0, unfinished: false, [(byte)i]))
            .ToList();

        await Task.WhenAll(writes.Select(write => write.ContinueWith(_ => { }, TaskScheduler.Default)));

        Assert.Equal(40, writes.Count(write => write.IsCompletedSuccessfully));
        Assert.All(
            writes.Where(write => write.IsFaulted),
            write => Assert.IsType<WriteConflictException>(write.Exception!.InnerException));
    }

    [Fact]
    public async Task Page_ThatCannotBeRead_FailsItsReaderAlone()
    {
        BreakPage("a");
        Task Read() => _store.Read("a", 0);
        Task Write(int i) => _store.Write(Key with { Id = $"job-{i}" }, version: 0, unfinished: false, [1]);
        var (reads, writes) = (new List<Task>(), new List<Task>());
        for (var i = 0; i < 50; i++)
        {
            reads.Add(Read());
            writes.Add(Write(i));
        }

        await Task.WhenAll(writes);
        foreach (var read in reads)
            await Assert.ThrowsAsync<JsonException>(() => read);
    }

    [Fact]
    public async Task Writes_AtOnce_ShareTransactions()
    {
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            _store.Write(Key with { Id = $"job-{i}" }, version: 0, unfinished: false, [1])));

        var (transactions, works) = _store.Counts;
        Assert.Equal(1000, works);
        Assert.InRange(transactions, 1, 500);
    }

    [Fact]
    public async Task Unfinished_NamesWhatMustBeTakenUp()
    {
        await _store.Write(Key, version: 0, unfinished: true, [1]);
        await _store.Write(Key with { Id = "done" }, version: 0, unfinished: true, [1]);
        await _store.Write(Key with { Id = "done" }, version: 1, unfinished: false, [1]);

        Assert.Equal(Key, Assert.Single(await _store.Unfinished()));
    }

    [Fact]
    public void DataDirectory_InUse_RefusesASecondProcess()
    {
        var folder = Path.Combine(_folder, "data");
        using var first = new DataDirectory(folder);

        var refused = Assert.Throws<InvalidOperationException>(() => new DataDirectory(folder));

        Assert.Contains("TryOn:DataDirectory", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DataDirectory_Made_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var data = new DataDirectory(Path.Combine(_folder, "data"));

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead
            | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(data.Root) & Others);
    }

    [Fact]
    public void DataDirectory_Reopened_KeepsItsSecret()
    {
        var folder = Path.Combine(_folder, "data");
        byte[] Secret()
        {
            using var data = new DataDirectory(folder);
            return data.Secret.For("test");
        }

        Assert.Equal(Secret(), Secret());
    }

    /// <summary>Puts half a page there, as a disk might.</summary>
    private void BreakPage(string account)
    {
        _store.Dispose();
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "test.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO statement_pages (account, number, entries) VALUES ($account, 0, x'7b5b')";
            command.Parameters.AddWithValue("$account", account);
            command.ExecuteNonQuery();
        }

        _store = Open();
    }

    private SqliteStore Open() => new(Path.Combine(_folder, "test.db"));
}
