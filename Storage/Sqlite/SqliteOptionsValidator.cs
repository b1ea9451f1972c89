using Microsoft.Extensions.Options;

namespace TryOn.Storage.Sqlite;

internal sealed class SqliteOptionsValidator(IEnumerable<ConfiguredDirectory> configured)
    : IValidateOptions<SqliteOptions>
{
    private static readonly TimeSpan LogEmptyIntervalMax = TimeSpan.FromDays(1);

    public ValidateOptionsResult Validate(string? name, SqliteOptions options)
    {
        var failures = new ValidateOptionsResultBuilder();
        if (string.IsNullOrWhiteSpace(options.DataDirectory))
            failures.AddError(
                $"SqliteOptions.DataDirectory is '{options.DataDirectory}'. Name the folder that holds the database.");
        if (options.LogEmptyInterval <= TimeSpan.Zero || options.LogEmptyInterval > LogEmptyIntervalMax)
            failures.AddError(
                $"SqliteOptions.LogEmptyInterval is {options.LogEmptyInterval}. "
                + $"Set it above zero and up to {LogEmptyIntervalMax}.");
        foreach (var other in configured.Where(other => other.Path != configured.First().Path))
            failures.AddError(
                $"{configured.First().Key} is '{configured.First().Path}' and {other.Key} is '{other.Path}', "
                + "but a process has one SQLite database. Set both to the same folder, or remove one.");
        return failures.Build();
    }
}
