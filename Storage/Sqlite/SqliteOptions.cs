namespace TryOn.Storage.Sqlite;

/// <summary>Where SQLite keeps the records and reminders of this process. There is one database a process.</summary>
public sealed class SqliteOptions
{
    /// <summary>
    /// The folder of the database, created if it is missing. Relative to the working directory. Default: <c>data</c>.
    /// </summary>
    public string DataDirectory { get; set; } = "data";

    /// <summary>
    /// How long an overwritten or removed text may stay in SQLite's write-ahead log after the write that replaced it.
    /// Default: 5 seconds.
    /// </summary>
    public TimeSpan LogEmptyInterval { get; set; } = TimeSpan.FromSeconds(5);
}
