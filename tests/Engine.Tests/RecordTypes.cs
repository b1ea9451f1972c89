using System.Collections.Immutable;
using System.Text.Json.Serialization.Metadata;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Engine.Tests;

/// <summary>Serializes records as they are stored.</summary>
internal static class RecordTypes
{
    public static JsonTypeInfo<AccountState> Account { get; } = Find<AccountState>();

    public static JsonTypeInfo<JobState> Job { get; } = Find<JobState>();

    public static JsonTypeInfo<ImmutableList<StatementEntry>> StatementPage { get; } =
        Find<ImmutableList<StatementEntry>>();

    private static JsonTypeInfo<T> Find<T>() => (JsonTypeInfo<T>)StateJson.Options.GetTypeInfo(typeof(T));
}
