using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace TryOn.Storage.Sqlite;

/// <summary>The reminders of one service in SQLite.</summary>
public sealed class SqliteReminderTable(SqliteDatabase database, IOptions<ClusterOptions> cluster) : IReminderTable
{
    internal const string Schema = """
        CREATE TABLE IF NOT EXISTS reminders (
            service TEXT NOT NULL, grain TEXT NOT NULL, name TEXT NOT NULL, hash INTEGER NOT NULL,
            start_ticks INTEGER NOT NULL, period_ticks INTEGER NOT NULL, etag TEXT NOT NULL,
            UNIQUE (service, grain, name));
        CREATE INDEX IF NOT EXISTS reminders_hash ON reminders (service, hash);
        """;

    private const string Select = "SELECT grain, name, start_ticks, period_ticks, etag FROM reminders ";

    private readonly string _service = cluster.Value.ServiceId;

    public Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        var grain = grainId.ToString();
        return database.Read(statements => new ReminderTableData(statements.ReadAll(
            Select + "WHERE service = $service AND grain = $grain", ReadEntry,
            ("$service", _service), ("$grain", grain))));
    }

    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        // The hashes form a ring: a range whose end is not above its begin wraps around at zero.
        var sql = begin < end
            ? Select + "WHERE service = $service AND hash > $begin AND hash <= $end"
            : Select + "WHERE service = $service AND (hash > $begin OR hash <= $end)";
        return database.Read(statements => new ReminderTableData(statements.ReadAll(
            sql, ReadEntry, ("$service", _service), ("$begin", (long)begin), ("$end", (long)end))));
    }

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var grain = grainId.ToString();
        return database.Read(statements => statements.ReadFirst(
            Select + "WHERE service = $service AND grain = $grain AND name = $name", ReadEntry,
            ("$service", _service), ("$grain", grain), ("$name", reminderName)));
    }

    public Task<string?> UpsertRow(ReminderEntry entry)
    {
        var row = new ReminderEntry
        {
            GrainId = entry.GrainId,
            ReminderName = entry.ReminderName,
            StartAt = entry.StartAt.Kind == DateTimeKind.Local ? entry.StartAt.ToUniversalTime() : entry.StartAt,
            Period = entry.Period,
            ETag = Guid.NewGuid().ToString("N"),
        };
        return database.Write(statements => Upsert(statements, row));
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var grain = grainId.ToString();
        return database.Write(statements => 0 < statements.Execute(
            "DELETE FROM reminders WHERE service = $service AND grain = $grain AND name = $name AND etag = $etag",
            ("$service", _service), ("$grain", grain), ("$name", reminderName), ("$etag", eTag)));
    }

    public Task TestOnlyClearTable() => database.Write(statements =>
        statements.Execute("DELETE FROM reminders WHERE service = $service", ("$service", _service)));

    private string? Upsert(SqliteStatements statements, ReminderEntry row)
    {
        statements.Execute(
            """
            INSERT INTO reminders (service, grain, name, hash, start_ticks, period_ticks, etag)
            VALUES ($service, $grain, $name, $hash, $start, $period, $etag)
            ON CONFLICT (service, grain, name)
            DO UPDATE SET start_ticks = $start, period_ticks = $period, etag = $etag
            """,
            ("$service", _service),
            ("$grain", row.GrainId.ToString()),
            ("$name", row.ReminderName),
            ("$hash", (long)row.GrainId.GetUniformHashCode()),
            ("$start", row.StartAt.Ticks),
            ("$period", row.Period.Ticks),
            ("$etag", row.ETag!));
        return row.ETag;
    }

    private static ReminderEntry ReadEntry(SqliteDataReader row) => new()
    {
        GrainId = GrainId.Parse(row.GetString(0)),
        ReminderName = row.GetString(1),
        StartAt = new DateTime(row.GetInt64(2), DateTimeKind.Utc),
        Period = TimeSpan.FromTicks(row.GetInt64(3)),
        ETag = row.GetString(4),
    };
}
