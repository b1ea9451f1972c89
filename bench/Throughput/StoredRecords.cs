using System.Text.Json;
using Microsoft.Data.Sqlite;
using TryOn.Engine;

namespace TryOn.Throughput;

/// <summary>Reads the records in the data directory of a stopped gateway.</summary>
internal sealed class StoredRecords : IDisposable
{
    private readonly SqliteConnection _connection;

    public StoredRecords(string dataDirectory)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(dataDirectory, "tryon.db")};Pooling=False");
        _connection.Open();
    }

    /// <param name="kind">The grain's type, which is also its record's name.</param>
    /// <returns>The record, how often it was written, and its length in bytes.</returns>
    public (T State, long Writes, int Bytes) Read<T>(string kind, string id)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT version, payload FROM grain_states WHERE name = $name AND grain = $grain";
        command.Parameters.AddWithValue("$name", kind);
        command.Parameters.AddWithValue("$grain", $"{kind}/{id}");
        using var row = command.ExecuteReader();
        if (!row.Read())
            throw new InvalidDataException($"There is no record of the {kind} {id}.");
        var payload = row.GetFieldValue<byte[]>(1);
        return (JsonSerializer.Deserialize<T>(payload, StateJson.Options)!, row.GetInt64(0), payload.Length);
    }

    public void Dispose() => _connection.Dispose();
}
