using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TryOn.Core.Accounts;
using TryOn.Core.Jobs;

namespace TryOn.Engine;

/// <summary>
/// How records are written down. Names and enum words are a stored contract: they are added to, never changed. A reader
/// must be deployed before the first writer of a new field.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(AccountState))]
[JsonSerializable(typeof(JobState))]
[JsonSerializable(typeof(ImmutableList<StatementEntry>))]
public sealed partial class StateJson : JsonSerializerContext;
