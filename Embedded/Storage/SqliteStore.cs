using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using TryOn.Core.Accounts;
using TryOn.Engine;
using TryOn.Engine.Accounts;

namespace TryOn.Embedded.Storage;

/// <summary>Records, one row each, changed by compare-and-swap on their version; and archived statement pages.</summary>
public sealed class SqliteStore(string path) : IStatementArchive, IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS grains (
            kind INTEGER NOT NULL, id TEXT NOT NULL, version INTEGER NOT NULL, unfinished INTEGER NOT NULL,
            state BLOB NOT NULL, UNIQUE (kind, id));
        CREATE INDEX IF NOT EXISTS grains_unfinished ON grains (kind, id) WHERE unfinished = 1;
        CREATE TABLE IF NOT EXISTS statement_pages (
            account TEXT NOT NULL, number INTEGER NOT NULL, entries BLOB NOT NULL, UNIQUE (account, number));
        CREATE TABLE IF NOT EXISTS probes (id INTEGER PRIMARY KEY, count INTEGER NOT NULL);
        """;

    private readonly SqliteConnectionThread _thread = new(path, Schema);

    public (long Transactions, long Works) Counts => _thread.Counts;

    public Task<StoredGrain?> Read(GrainKey key) => _thread.Run(connection =>
    {
        using var command = Command(
            connection, "SELECT version, state FROM grains WHERE kind = $kind AND id = $id", key);
        using var reader = command.ExecuteReader();
        return reader.Read() ? new StoredGrain(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : null;
    });

    /// <param name="version">The version read or written last; 0 for a record that must not exist yet.</param>
    /// <returns>The new version.</returns>
    /// <exception cref="WriteConflictException">The record is at another version.</exception>
    public Task<long> Write(GrainKey key, long version, bool unfinished, byte[] state) => _thread.Run(connection =>
    {
        using var command = Command(
            connection,
            version == 0
                ? """
                  INSERT INTO grains (kind, id, version, unfinished, state) VALUES ($kind, $id, 1, $unfinished, $state)
                  ON CONFLICT DO NOTHING
                  """
                : """
                  UPDATE grains SET version = version + 1, unfinished = $unfinished, state = $state
                  WHERE kind = $kind AND id = $id AND version = $version
                  """,
            key);
        command.Parameters.AddWithValue("$version", version);
        command.Parameters.AddWithValue("$unfinished", unfinished ? 1 : 0);
        command.Parameters.AddWithValue("$state", state);
        return command.ExecuteNonQuery() == 1 ? version + 1 : throw new WriteConflictException(key, version);
    });

    /// <summary>What must be taken up again after a crash.</summary>
    public Task<ImmutableArray<GrainKey>> Unfinished() => _thread.Run(connection =>
        Keys(connection, "SELECT kind, id FROM grains WHERE unfinished = 1 ORDER BY kind, id"));

    public Task<ImmutableArray<GrainKey>> Accounts() => _thread.Run(connection =>
        Keys(connection, $"SELECT kind, id FROM grains WHERE kind = {(int)GrainKind.Account} ORDER BY id"));

    public Task Save(string accountId, long number, ImmutableList<StatementEntry> entries) => _thread.Run(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "INSERT INTO statement_pages (account, number, entries) VALUES ($account, $number, $entries) ON CONFLICT DO NOTHING";
        command.Parameters.AddWithValue("$account", accountId);
        command.Parameters.AddWithValue("$number", number);
        command.Parameters.AddWithValue(
            "$entries", JsonSerializer.SerializeToUtf8Bytes(entries, StateJson.StatementPage));
        return command.ExecuteNonQuery();
    });

    public async Task<ImmutableList<StatementEntry>?> Read(string accountId, long number)
    {
        var page = await _thread.Run(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT entries FROM statement_pages WHERE account = $account AND number = $number";
            command.Parameters.AddWithValue("$account", accountId);
            command.Parameters.AddWithValue("$number", number);
            return command.ExecuteScalar() as byte[];
        });
        // Out of the transaction, which is everybody's: a page that cannot be read fails its reader alone.
        return page is null ? null : JsonSerializer.Deserialize(page, StateJson.StatementPage);
    }

    /// <summary>Leaves nothing on disk but the newest text of every record.</summary>
    public Task EmptyLog() => _thread.EmptyLog();

    /// <summary>Writes, so that a full disk shows.</summary>
    public Task Probe() => _thread.Run(connection =>
    {
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO probes (id, count) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET count = count + 1";
        return command.ExecuteNonQuery();
    });

    public void Dispose() => _thread.Dispose();

    private static SqliteCommand Command(SqliteConnection connection, string sql, GrainKey key)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$kind", (int)key.Kind);
        command.Parameters.AddWithValue("$id", key.Id);
        return command;
    }

    private static ImmutableArray<GrainKey> Keys(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var keys = ImmutableArray.CreateBuilder<GrainKey>();
        while (reader.Read())
            keys.Add(new GrainKey((GrainKind)reader.GetInt32(0), reader.GetString(1)));
        return keys.ToImmutable();
    }
}
