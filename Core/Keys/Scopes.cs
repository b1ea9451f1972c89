using TryOn.Core.Errors;

namespace TryOn.Core.Keys;

/// <summary>Sets of scopes, and their names in the API.</summary>
public static class Scopes
{
    /// <summary>The default scopes of a new key: it can create jobs and read them, but manages nothing.</summary>
    public const KeyScopes Default = KeyScopes.JobsWrite | KeyScopes.JobsRead | KeyScopes.CreditsRead;

    /// <summary>The scopes of an account's first key, and of every key from before scopes existed.</summary>
    public const KeyScopes FirstKey = Default | KeyScopes.Keys;

    public const KeyScopes All = FirstKey | KeyScopes.Admin;

    private static readonly (string Name, KeyScopes Scope)[] Names =
    [
        ("jobs:write", KeyScopes.JobsWrite), ("jobs:read", KeyScopes.JobsRead), ("credits:read", KeyScopes.CreditsRead),
        ("keys", KeyScopes.Keys), ("admin", KeyScopes.Admin),
    ];

    public static string[] NamesOf(KeyScopes scopes) =>
        [.. Names.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Name)];

    public static Error MissingError(KeyScopes missing) => new(
        ErrorCode.PermissionDenied, $"This API key lacks the scope {string.Join(", ", NamesOf(missing))}.");

    /// <summary>Null if a name is unknown.</summary>
    public static KeyScopes? Parse(IEnumerable<string?> names)
    {
        var scopes = KeyScopes.None;
        foreach (var name in names)
        {
            var scope = Array.Find(Names, known => known.Name == name).Scope;
            if (scope == KeyScopes.None)
                return null;
            scopes |= scope;
        }

        return scopes;
    }
}
