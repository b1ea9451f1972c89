using System.Globalization;
using Orleans.Runtime;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace TryOn.Storage.Sqlite;

/// <summary>
/// Grain storage in SQLite: one row per state, changed only if the stored version is the one that the grain read. If a
/// read, write or clear fails, the grain state object is unchanged.
/// </summary>
public sealed class SqliteGrainStorage(
    SqliteDatabase database, IGrainStorageSerializer serializer, IActivatorProvider activators) : IGrainStorage
{
    /// <summary>
    /// A row that is removed and inserted again must not return to an earlier version, which an outdated activation may
    /// still hold: an insert starts above every version ever removed.
    /// </summary>
    internal const string Schema = """
        CREATE TABLE IF NOT EXISTS grain_states (
            name TEXT NOT NULL, grain TEXT NOT NULL, version INTEGER NOT NULL, payload BLOB NOT NULL,
            UNIQUE (name, grain));
        CREATE TABLE IF NOT EXISTS removed_versions (id INTEGER PRIMARY KEY, highest INTEGER NOT NULL);
        INSERT INTO removed_versions (id, highest) VALUES (1, 0) ON CONFLICT DO NOTHING;
        """;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var grain = grainId.ToString();
        var row = await database.Read(statements => statements.ReadFirst(
            "SELECT version, payload FROM grain_states WHERE name = $name AND grain = $grain",
            row => new Row(row.GetInt64(0), row.GetFieldValue<byte[]>(1)),
            ("$name", stateName), ("$grain", grain)));
        grainState.State = row is null
            ? activators.GetActivator<T>().Create()
            : serializer.Deserialize<T>(BinaryData.FromBytes(row.Payload))!;
        grainState.ETag = row is null ? null : ToETag(row.Version);
        grainState.RecordExists = row is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var grain = grainId.ToString();
        var payload = serializer.Serialize(grainState.State).ToArray();
        var known = ToVersion(grainState.ETag);
        var (written, stored) = await database.Write(statements =>
        {
            var version = known is null
                ? Insert(statements, stateName, grain, payload)
                : Update(statements, stateName, grain, known.Value, payload);
            return (version, version == 0 ? ReadVersion(statements, stateName, grain) : version);
        });
        if (written == 0)
            throw Conflict("written", stateName, grain, stored, grainState.ETag);
        grainState.ETag = ToETag(written);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var grain = grainId.ToString();
        var known = ToVersion(grainState.ETag);
        var (removed, stored) = await database.Write(statements =>
        {
            var stored = ReadVersion(statements, stateName, grain);
            if (stored != (known ?? 0))
                return (false, stored);
            if (stored != 0)
                Remove(statements, stateName, grain, stored);
            return (true, stored);
        });
        if (!removed)
            throw Conflict("removed", stateName, grain, stored, grainState.ETag);
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    /// <returns>The version of the new row, or zero if there is a row already.</returns>
    private static long Insert(SqliteStatements statements, string name, string grain, byte[] payload) =>
        statements.ReadFirst(
            """
            INSERT INTO grain_states (name, grain, version, payload)
            VALUES ($name, $grain, (SELECT highest + 1 FROM removed_versions), $payload)
            ON CONFLICT DO NOTHING RETURNING version
            """,
            row => row.GetInt64(0),
            ("$name", name), ("$grain", grain), ("$payload", payload));

    /// <returns>The row's new version, or zero if the row is not at the given version.</returns>
    private static long Update(SqliteStatements statements, string name, string grain, long version, byte[] payload) =>
        statements.ReadFirst(
            """
            UPDATE grain_states SET version = version + 1, payload = $payload
            WHERE name = $name AND grain = $grain AND version = $version RETURNING version
            """,
            row => row.GetInt64(0),
            ("$name", name), ("$grain", grain), ("$version", version), ("$payload", payload));

    private static void Remove(SqliteStatements statements, string name, string grain, long version)
    {
        statements.Execute(
            "DELETE FROM grain_states WHERE name = $name AND grain = $grain", ("$name", name), ("$grain", grain));
        statements.Execute("UPDATE removed_versions SET highest = max(highest, $version)", ("$version", version));
    }

    /// <returns>Zero if there is no row.</returns>
    private static long ReadVersion(SqliteStatements statements, string name, string grain) => statements.ReadFirst(
        "SELECT version FROM grain_states WHERE name = $name AND grain = $grain",
        row => row.GetInt64(0),
        ("$name", name), ("$grain", grain));

    private static InconsistentStateException Conflict(
        string action, string name, string grain, long stored, string? known) => new(
        $"State {name} of {grain} was not {action}: "
        + $"it is stored at version {(stored == 0 ? "none" : ToETag(stored))}, and the grain holds {known ?? "none"}.",
        stored == 0 ? null : ToETag(stored),
        known);

    private static string ToETag(long version) => version.ToString(CultureInfo.InvariantCulture);

    /// <returns>Null for no ETag; for an ETag of another storage, a version that no row has.</returns>
    private static long? ToVersion(string? eTag) =>
        eTag is null ? null : long.TryParse(eTag, CultureInfo.InvariantCulture, out var version) ? version : -1;

    private sealed record Row(long Version, byte[] Payload);
}
