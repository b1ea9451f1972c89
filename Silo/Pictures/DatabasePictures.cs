using System.Runtime.CompilerServices;
using TryOn.Core.Pictures;
using TryOn.Storage.Sqlite;

namespace TryOn.Silo.Pictures;

/// <summary>
/// Stores pictures in the same database as the records, so that a picture shares the flush of everything written at the
/// same moment. Deleted content is overwritten.
/// </summary>
internal sealed class DatabasePictures : IPictureStore
{
    private const int ListPageSize = 1000;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS pictures (
            job TEXT NOT NULL, name TEXT NOT NULL, saved_at INTEGER NOT NULL, content BLOB NOT NULL,
            UNIQUE (job, name))
        """;

    private readonly SqliteDatabase _database;
    private readonly TimeProvider _clock;
    private readonly Task _created;

    public DatabasePictures(SqliteDatabase database, TimeProvider clock)
    {
        (_database, _clock) = (database, clock);
        _created = database.Write(statements => statements.Execute(Schema));
    }

    public async Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        var (bytes, savedAt) = (content.ToArray(), _clock.GetUtcNow().ToUnixTimeMilliseconds());
        await _created;
        await _database.Write(statements => statements.Execute(
            """
            INSERT INTO pictures (job, name, saved_at, content) VALUES ($job, $name, $saved_at, $content)
            ON CONFLICT (job, name) DO UPDATE SET saved_at = excluded.saved_at, content = excluded.content
            """,
            ("$job", id.JobId), ("$name", id.Name), ("$saved_at", savedAt), ("$content", bytes)));
    }

    public async Task<byte[]?> Read(PictureId id, CancellationToken cancellation)
    {
        await _created;
        return await _database.Read(statements => statements.ReadFirst(
            "SELECT content FROM pictures WHERE job = $job AND name = $name", row => row.GetFieldValue<byte[]>(0),
            ("$job", id.JobId), ("$name", id.Name)));
    }

    public Task Delete(PictureId id, CancellationToken cancellation) => TryDelete(id);

    /// <summary>Returns false if there is no such picture.</summary>
    public async Task<bool> TryDelete(PictureId id)
    {
        await _created;
        return await _database.Write(statements => statements.Execute(
            "DELETE FROM pictures WHERE job = $job AND name = $name", ("$job", id.JobId), ("$name", id.Name))) > 0;
    }

    public async IAsyncEnumerable<StoredPicture> List([EnumeratorCancellation] CancellationToken cancellation)
    {
        await _created;
        var after = new PictureId("", "");
        while (true)
        {
            var (job, name) = (after.JobId, after.Name);
            var page = await _database.Read(statements => statements.ReadAll(
                """
                SELECT job, name, saved_at FROM pictures WHERE (job, name) > ($job, $name)
                ORDER BY job, name LIMIT $limit
                """,
                row => new StoredPicture(
                    new PictureId(row.GetString(0), row.GetString(1)),
                    DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(2))),
                ("$job", job), ("$name", name), ("$limit", ListPageSize)));
            foreach (var picture in page)
            {
                cancellation.ThrowIfCancellationRequested();
                yield return picture;
            }

            if (page.Count < ListPageSize)
                yield break;
            after = page[^1].Id;
        }
    }
}
