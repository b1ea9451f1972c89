using Microsoft.Data.Sqlite;

namespace TryOn.Storage.Sqlite;

/// <summary>The only connection to the database. Used by one thread only.</summary>
internal sealed class SqliteTransactions : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS probes (id INTEGER PRIMARY KEY, count INTEGER NOT NULL);
        """;

    private readonly SqliteConnection _connection;
    private readonly SqliteStatements _statements;
    private long _transactions;
    private long _writes;

    public SqliteTransactions(string path)
    {
        SQLitePCL.Batteries_V2.Init();
        var settings = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false };
        _connection = new SqliteConnection(settings.ToString());
        try
        {
            _connection.Open();
            using var command = _connection.CreateCommand();
            // Deleted text must not stay readable in the database's free pages.
            command.CommandText =
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                + Schema + SqliteGrainStorage.Schema + SqliteReminderTable.Schema;
            command.ExecuteNonQuery();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }

        _statements = new SqliteStatements(_connection);
    }

    public (long Transactions, long Writes) Counts => (Volatile.Read(ref _transactions), Volatile.Read(ref _writes));

    /// <summary>Reads run last, so that they see every write queued before them, and only durable data.</summary>
    public void Run(IReadOnlyList<SqliteWork> batch)
    {
        var writes = batch.Where(work => work.Writes).ToList();
        if (writes.Count > 0)
            Commit(writes);
        foreach (var read in batch.Where(work => !work.Writes))
            Read(read);
    }

    /// <exception cref="IOException">Another process reads the database, and the log cannot be emptied now.</exception>
    public void EmptyLog()
    {
        var busy = _statements.ReadFirst("PRAGMA wal_checkpoint(TRUNCATE)", row => row.GetInt64(0));
        if (busy != 0)
            throw new IOException("The log cannot be emptied while another process reads the database.");
    }

    public void Dispose()
    {
        _statements.Dispose();
        // Closing moves the rest of the log into the database and deletes it.
        _connection.Dispose();
    }

    private void Read(SqliteWork read)
    {
        try
        {
            RollBackIfOpen();
            read.Run(_statements);
            read.Complete();
        }
        catch (Exception failure)
        {
            read.Fail(failure);
        }
    }

    private void Commit(List<SqliteWork> writes)
    {
        Interlocked.Increment(ref _transactions);
        Interlocked.Add(ref _writes, writes.Count);
        try
        {
            RollBackIfOpen();
            _statements.Execute("BEGIN IMMEDIATE");
            foreach (var write in writes)
                write.Run(_statements);
            _statements.Execute("COMMIT");
        }
        catch (Exception failure)
        {
            TryRollBack();
            foreach (var write in writes)
                write.Fail(failure);
            return;
        }

        foreach (var write in writes)
            write.Complete();
    }

    private void TryRollBack()
    {
        try
        {
            RollBackIfOpen();
        }
        catch (SqliteException)
        {
            // The callers get the first failure; the next read or batch tries to roll back again before it begins.
        }
    }

    /// <summary>SQLite rolls back by itself after some failures, such as a full disk, but not after others.</summary>
    private void RollBackIfOpen()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _statements.Execute("ROLLBACK");
    }
}
