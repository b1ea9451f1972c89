using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Runtime;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

public sealed class SqliteDatabaseTests : IDisposable
{
    private readonly TemporaryDatabase _temporary = new();

    private SqliteDatabase Database => _temporary.Database;

    public SqliteDatabaseTests() =>
        Database.Write(statements => statements.Execute("CREATE TABLE items (id INTEGER PRIMARY KEY, text TEXT)"))
            .GetAwaiter().GetResult();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Writes_QueuedTogether_ShareTransactions()
    {
        var before = Database.Counts;
        var release = _temporary.Block();
        var writes = Enumerable.Range(0, 1000).Select(Insert).ToList();
        release();
        await Task.WhenAll(writes);

        Assert.Equal(1000, Database.Counts.Writes - before.Writes);
        Assert.Equal(2, Database.Counts.Transactions - before.Transactions);
        Assert.Equal(1000, await Count());
    }

    [Fact]
    public async Task Write_Ended_SurvivesAKill()
    {
        await Insert(1);

        using var restarted = new TemporaryDatabase(killed: _temporary);

        Assert.Equal(1, await Count(restarted.Database));
    }

    [Fact]
    public async Task Write_Failing_UndoesItsBatchAndNoOther()
    {
        await Insert(0);
        var release = _temporary.Block();
        var first = Insert(1);
        var failing = Database.Write<int>(_ => throw new InvalidDataException());
        var last = Insert(2);
        var read = Count();
        release();

        await Assert.ThrowsAsync<InvalidDataException>(() => first);
        await Assert.ThrowsAsync<InvalidDataException>(() => failing);
        await Assert.ThrowsAsync<InvalidDataException>(() => last);
        Assert.Equal(1, await read);
        await Insert(1);
        Assert.Equal(2, await Count());
    }

    [Fact]
    public async Task Write_FullDisk_FailsAndTheNextWriteSucceeds()
    {
        await SetPagesMax("PRAGMA max_page_count=20");
        var big = new string('x', 1_000_000);

        var failure = await Assert.ThrowsAsync<SqliteException>(() => Database.Write(statements =>
            statements.Execute("INSERT INTO items (text) VALUES ($text)", ("$text", big))));

        Assert.Equal(SQLitePCL.raw.SQLITE_FULL, failure.SqliteErrorCode);
        Assert.Equal(0, await Count());
        await SetPagesMax("PRAGMA max_page_count=1000000");
        await Insert(1);
        Assert.Equal(1, await Count());
    }

    [Fact]
    public async Task Statement_FailedOnce_CanRunAgain()
    {
        await Insert(1);

        await Assert.ThrowsAsync<SqliteException>(() => Insert(1));

        await Insert(2);
        Assert.Equal(2, await Count());
    }

    [Fact]
    public async Task Reads_Alone_BeginNoTransaction()
    {
        var before = Database.Counts;

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Count()));

        Assert.Equal(before, Database.Counts);
    }

    [Fact]
    public async Task Read_Failing_FailsItsCallerAlone()
    {
        var release = _temporary.Block();
        var read = Database.Read<int>(_ => throw new InvalidDataException());
        var write = Insert(1);
        release();

        await Assert.ThrowsAsync<InvalidDataException>(() => read);
        await write;
    }

    [Fact]
    public async Task Read_BehindAnUnfinishedWrite_SeesIt()
    {
        var release = _temporary.Block();
        _ = Insert(1);
        var read = Count();
        release();

        Assert.Equal(1, await read);
    }

    [Fact]
    public async Task Continuation_OfAWrite_RunsOnAnotherThread()
    {
        var release = _temporary.Block();
        var thread = Insert(1).ContinueWith(
            _ => Thread.CurrentThread.Name,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        release();

        Assert.NotEqual("sqlite", await thread);
    }

    [Fact]
    public async Task Dispose_WithQueuedWrites_FinishesThemAndRefusesMore()
    {
        var release = _temporary.Block();
        var writes = Enumerable.Range(0, 600).Select(Insert).ToList();
        var disposed = Task.Run(Database.Dispose);
        release();
        await disposed;

        Assert.All(writes, write => Assert.True(write.IsCompletedSuccessfully));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => Insert(1000));
        await Assert.ThrowsAsync<ObjectDisposedException>(Database.EmptyLog);
        _temporary.Reopen();
        Assert.Equal(600, await Count());
    }

    [Fact]
    public async Task Probe_DatabaseThatTakesNoWrites_Fails()
    {
        await Database.Probe();
        await Database.Read(statements => statements.Execute("PRAGMA query_only=ON"));

        await Assert.ThrowsAsync<SqliteException>(Database.Probe);
    }

    [Fact]
    public async Task EmptyLog_WhileSomebodyReads_FailsAndLaterSucceeds()
    {
        await Insert(1);
        using (var other = new SqliteConnection($"Data Source={_temporary.Path};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction(deferred: true);
            using var select = other.CreateCommand();
            select.CommandText = "SELECT count(*) FROM items";
            select.ExecuteScalar();
            await Insert(2);

            await Assert.ThrowsAsync<IOException>(Database.EmptyLog);
        }

        await Database.EmptyLog();
        Assert.Equal(0, new FileInfo(_temporary.Path + "-wal").Length);
    }

    [Fact]
    public void Open_FileThatIsNoDatabase_NamesTheFile()
    {
        var path = Path.Combine(_temporary.Folder, "text.db");
        File.WriteAllText(path, new string('x', 4096));

        var refused = Assert.Throws<OrleansConfigurationException>(
            () => new SqliteDatabase(path, TimeSpan.FromSeconds(1), NullLogger<SqliteDatabase>.Instance));

        Assert.Contains(path, refused.Message, StringComparison.Ordinal);
    }

    private Task<int> Insert(int id) => Database.Write(statements =>
        statements.Execute("INSERT INTO items (id, text) VALUES ($id, 'text')", ("$id", id)));

    private Task<int> SetPagesMax(string pragma) =>
        Database.Read(statements => statements.ReadFirst(pragma, row => row.GetInt32(0)));

    private Task<long> Count(SqliteDatabase? database = null) => (database ?? Database).Read(statements =>
        statements.ReadFirst("SELECT count(*) FROM items", row => row.GetInt64(0)));
}
