using Microsoft.Extensions.Logging;

namespace TryOn.Storage.Sqlite;

public sealed partial class SqliteDatabase
{
    [LoggerMessage(LogLevel.Warning, "SQLite's log was not emptied, and may hold overwritten texts until it is.")]
    private partial void LogNotEmptied(Exception failure);
}
