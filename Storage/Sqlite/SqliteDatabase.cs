using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace TryOn.Storage.Sqlite;

/// <summary>
/// The database and the one thread that uses it. All queued writes share one transaction, so that a busy moment costs
/// one flush to disk instead of one per write. A second connection is never opened: before version 3.51.3, SQLite can
/// corrupt a write-ahead log that two connections checkpoint (https://sqlite.org/wal.html, "WAL-reset bug").
/// </summary>
public sealed partial class SqliteDatabase : IDisposable
{
    private const int BatchMax = 512;

    private readonly object _lock = new();
    private readonly Queue<SqliteWork> _queue = [];
    private readonly SqliteTransactions _transactions;
    private readonly TimeSpan _logEmptyInterval;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private TaskCompletionSource? _emptyRequested;
    private bool _stopping;
    private bool _waiting;

    /// <summary>When the log must be emptied, as a tick count. Null if nothing was written since it last was.</summary>
    private long? _logDue;

    /// <param name="path">The database file, created if it is missing.</param>
    /// <param name="logEmptyInterval">As <see cref="SqliteOptions.LogEmptyInterval"/>.</param>
    /// <param name="logger">Logs a failure to empty the log.</param>
    /// <exception cref="OrleansConfigurationException">The file cannot be opened or is no database.</exception>
    public SqliteDatabase(string path, TimeSpan logEmptyInterval, ILogger<SqliteDatabase> logger)
    {
        try
        {
            _transactions = new SqliteTransactions(path);
        }
        catch (SqliteException failure)
        {
            throw new OrleansConfigurationException(
                $"The database {path} cannot be opened. Restore it from a backup, or set DataDirectory to another "
                + $"folder. ({failure.Message})",
                failure);
        }

        _logEmptyInterval = logEmptyInterval;
        _logger = logger;
        // A killed process may have left a log.
        _logDue = NextLogDue();
        _thread = new Thread(Loop) { IsBackground = true, Name = "sqlite" };
        _thread.Start();
    }

    /// <summary>Number of transactions begun, and of the writes in them.</summary>
    public (long Transactions, long Writes) Counts => _transactions.Counts;

    /// <summary>
    /// Runs on the database's thread, outside a transaction; a failure affects only this caller. It sees every write
    /// that was queued before it, even if that write's caller no longer waits, and only durable data.
    /// </summary>
    public Task<T> Read<T>(Func<SqliteStatements, T> read) => Enqueue(new SqliteWork<T>(writes: false, read));

    /// <summary>
    /// Runs on the database's thread; the task completes once its transaction is durable. An exception rolls back the
    /// whole transaction and fails all its callers, so an expected outcome, such as a version conflict, must be
    /// returned as a value.
    /// </summary>
    public Task<T> Write<T>(Func<SqliteStatements, T> write) => Enqueue(new SqliteWork<T>(writes: true, write));

    /// <summary>Makes a small write, which fails on a full disk. For a health check.</summary>
    public Task Probe() => Write(statements => statements.Execute(
        "INSERT INTO probes (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1"));

    /// <summary>
    /// Moves the content of the write-ahead log into the database and empties the log, which otherwise still holds
    /// older versions of records. This also happens automatically.
    /// </summary>
    public Task EmptyLog()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _emptyRequested ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Monitor.Pulse(_lock);
            return _emptyRequested.Task;
        }
    }

    /// <summary>Finishes queued work. Later calls throw; disposing again is harmless.</summary>
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
        _transactions.Dispose();
    }

    private Task<T> Enqueue<T>(SqliteWork<T> work)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Enqueue(work);
            // A running thread checks the queue by itself; waking it would only make it wait for the lock.
            if (_waiting)
                Monitor.Pulse(_lock);
        }

        return work.Task;
    }

    private void Loop()
    {
        var batch = new List<SqliteWork>(BatchMax);
        while (TakeQueued(batch, out var emptyRequested))
        {
            if (batch.Exists(work => work.Writes))
                _logDue ??= NextLogDue();
            _transactions.Run(batch);
            if (emptyRequested is not null || LogWait() == 0)
                EmptyLog(emptyRequested);
        }
    }

    /// <summary>False if stopping and nothing is left to do.</summary>
    private bool TakeQueued(List<SqliteWork> batch, out TaskCompletionSource? emptyRequested)
    {
        batch.Clear();
        lock (_lock)
        {
            while (_queue.Count == 0 && _emptyRequested is null && !_stopping && LogWait() is not 0 and var wait)
            {
                _waiting = true;
                Monitor.Wait(_lock, wait);
                _waiting = false;
            }

            while (batch.Count < BatchMax && _queue.TryDequeue(out var work))
                batch.Add(work);
            (emptyRequested, _emptyRequested) = (_emptyRequested, null);
            return batch.Count > 0 || emptyRequested is not null || !_stopping;
        }
    }

    private void EmptyLog(TaskCompletionSource? requested)
    {
        try
        {
            _transactions.EmptyLog();
            _logDue = null;
            requested?.SetResult();
        }
        catch (Exception failure)
        {
            _logDue = NextLogDue();
            LogNotEmptied(failure);
            requested?.SetException(failure);
        }
    }

    private long NextLogDue() => Environment.TickCount64 + (long)_logEmptyInterval.TotalMilliseconds;

    /// <summary>Milliseconds until the log must be emptied: zero if it is due, -1 if it need not be.</summary>
    private int LogWait() => _logDue is { } due ? (int)Math.Max(0, due - Environment.TickCount64) : Timeout.Infinite;
}
