using Microsoft.Data.Sqlite;

namespace TryOn.Embedded.Storage;

/// <summary>
/// The one connection to the database, and the one thread that uses it. Everything queued is taken into one transaction,
/// so that a busy moment costs one flush and not one a write. A second connection is never opened: SQLite before 3.51.3
/// can corrupt a write-ahead log that two of them checkpoint (https://sqlite.org/wal.html, "WAL-reset bug").
/// </summary>
public sealed class SqliteConnectionThread : IDisposable
{
    private readonly object _lock = new();
    private readonly Thread _thread;
    private readonly SqliteConnection _connection;
    private List<Work> _queue = [];
    private TaskCompletionSource? _emptied;
    private bool _stopping;
    private long _transactions;
    private long _works;

    public SqliteConnectionThread(string path, string schema)
    {
        SQLitePCL.Batteries_V2.Init();
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        // What a record no longer says must not stay readable in freed pages: a prompt is forgotten when its job ends.
        Execute("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;" + schema);
        _thread = new Thread(Loop) { IsBackground = true, Name = "sqlite" };
        _thread.Start();
    }

    /// <summary>How many transactions and how many pieces of work they held: their ratio is the group commit's gain.</summary>
    public (long Transactions, long Works) Counts => (Volatile.Read(ref _transactions), Volatile.Read(ref _works));

    /// <summary>Runs on the connection's thread; the task ends once its transaction is durable.</summary>
    public Task<T> Run<T>(Func<SqliteConnection, T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var result = default(T);
        var queued = new Work(
            connection => result = work(connection),
            failure =>
            {
                if (failure is null)
                    done.SetResult(result!);
                else
                    done.SetException(failure);
            });
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Add(queued);
            Monitor.Pulse(_lock);
        }

        return done.Task;
    }

    /// <summary>
    /// Moves everything from the write-ahead log into the database and empties the log, which otherwise still holds the
    /// older texts of records. Happens between two batches.
    /// </summary>
    public Task EmptyLog()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_lock);
            return _emptied.Task;
        }
    }

    /// <summary>Finishes what is queued. Later calls are refused; disposing again is harmless.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_stopping)
                return;
            _stopping = true;
            Monitor.Pulse(_lock);
        }

        _thread.Join();
        _connection.Dispose();
    }

    private void Loop()
    {
        while (TakeQueued(out var batch, out var emptied))
        {
            if (batch.Count > 0)
                Commit(batch);
            if (emptied is not null)
                Empty(emptied);
        }
    }

    /// <summary>False when stopping and nothing is left to do.</summary>
    private bool TakeQueued(out List<Work> batch, out TaskCompletionSource? emptied)
    {
        lock (_lock)
        {
            while (_queue.Count == 0 && _emptied is null && !_stopping)
                Monitor.Wait(_lock);
            (batch, _queue) = (_queue, []);
            (emptied, _emptied) = (_emptied, null);
            return batch.Count > 0 || emptied is not null;
        }
    }

    private void Empty(TaskCompletionSource emptied)
    {
        try
        {
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            emptied.SetResult();
        }
        catch (SqliteException failure)
        {
            emptied.SetException(failure);
        }
    }

    private void Commit(List<Work> batch)
    {
        var failures = new Exception?[batch.Count];
        try
        {
            Execute("BEGIN IMMEDIATE");
            for (var i = 0; i < batch.Count; i++)
                failures[i] = Attempt(batch[i]);
            Execute("COMMIT");
        }
        catch (Exception failure)
        {
            TryRollBack();
            Array.Fill(failures, failure);
        }

        Interlocked.Increment(ref _transactions);
        Interlocked.Add(ref _works, batch.Count);
        for (var i = 0; i < batch.Count; i++)
            batch[i].Done(failures[i]);
    }

    /// <summary>A refused write has changed nothing; the rest of the batch must not pay for it. A broken disk fails them all.</summary>
    private WriteConflictException? Attempt(Work work)
    {
        try
        {
            work.Run(_connection);
            return null;
        }
        catch (WriteConflictException conflict)
        {
            return conflict;
        }
    }

    private void TryRollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite rolls some failures back by itself, and then there is nothing to roll back.
        }
    }

    private void Execute(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private sealed record Work(Action<SqliteConnection> Run, Action<Exception?> Done);
}
