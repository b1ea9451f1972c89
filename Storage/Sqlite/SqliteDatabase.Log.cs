using Microsoft.Extensions.Logging;

namespace TryOn.Storage.Sqlite;

public sealed partial class SqliteDatabase
{
    [LoggerMessage(
        LogLevel.Warning, "SQLite's write-ahead log could not be emptied and may hold overwritten text until it is.")]
    private partial void LogNotEmptied(Exception failure);
}
