using Microsoft.Data.Sqlite;

namespace TryOn.Storage.Sqlite;

/// <summary>
/// Runs statements on the database's connection. Each SQL text is compiled once and cached, so it must be a constant;
/// values are passed as parameters.
/// </summary>
public sealed class SqliteStatements : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    internal SqliteStatements(SqliteConnection connection) => _connection = connection;

    /// <returns>The number of changed rows.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        try
        {
            return command.ExecuteNonQuery();
        }
        finally
        {
            command.Parameters.Clear();
        }
    }

    /// <returns>The default of <typeparamref name="T"/> if there is no row.</returns>
    public T? ReadFirst<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        try
        {
            using var reader = command.ExecuteReader();
            return reader.Read() ? read(reader) : default;
        }
        finally
        {
            command.Parameters.Clear();
        }
    }

    /// <summary>Reads every row.</summary>
    public List<T> ReadAll<T>(
        string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Prepare(sql, parameters);
        try
        {
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read())
                rows.Add(read(reader));
            return rows;
        }
        finally
        {
            command.Parameters.Clear();
        }
    }

    /// <summary>Releases the compiled statements.</summary>
    public void Dispose()
    {
        foreach (var command in _commands.Values)
            command.Dispose();
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (!_commands.TryGetValue(sql, out var command))
        {
            command = _connection.CreateCommand();
            command.CommandText = sql;
            _commands.Add(sql, command);
        }

        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
