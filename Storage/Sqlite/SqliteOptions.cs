namespace TryOn.Storage.Sqlite;

/// <summary>
/// Options of the SQLite database, which holds the records and reminders of this process. A process has one database.
/// </summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// The folder of the database, created if it is missing. Relative to the working directory. Default: <c>data</c>.
    /// </summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// How long overwritten or removed text may stay in SQLite's write-ahead log. Default: 5 seconds.
    /// </summary>
    public TimeSpan LogEmptyInterval { get; set; } = TimeSpan.FromSeconds(5);
}
