namespace TryOn.Storage.Sqlite;

/// <summary>Work queued for the database's thread, and the task that its caller waits for.</summary>
internal abstract class SqliteWork(bool writes)
{
    public bool Writes { get; } = writes;

    public abstract void Run(SqliteStatements statements);

    /// <summary>Gives the caller the result of the last run.</summary>
    public abstract void Complete();

    public abstract void Fail(Exception failure);
}

internal sealed class SqliteWork<T>(bool writes, Func<SqliteStatements, T> run) : SqliteWork(writes)
{
    // Continuations of callers must never run on the database's thread.
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;

    public Task<T> Task => _done.Task;

    public override void Run(SqliteStatements statements) => _result = run(statements);

    public override void Complete() => _done.SetResult(_result);

    public override void Fail(Exception failure) => _done.SetException(failure);
}
