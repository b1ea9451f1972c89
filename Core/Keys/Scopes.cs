using TryOn.Core.Errors;

namespace TryOn.Core.Keys;

/// <summary>Sets of scopes, and their words on the wire.</summary>
public static class Scopes
{
    /// <summary>What a key has unless somebody says otherwise: enough to order pictures and nothing to manage.</summary>
    public const KeyScopes Work = KeyScopes.JobsWrite | KeyScopes.JobsRead | KeyScopes.CreditsRead;

    /// <summary>An account's first key, and every key from before there were scopes.</summary>
    public const KeyScopes First = Work | KeyScopes.Keys;

    public const KeyScopes All = First | KeyScopes.Admin;

    private static readonly (string Word, KeyScopes Scope)[] Words =
    [
        ("jobs:write", KeyScopes.JobsWrite), ("jobs:read", KeyScopes.JobsRead), ("credits:read", KeyScopes.CreditsRead),
        ("keys", KeyScopes.Keys), ("admin", KeyScopes.Admin),
    ];

    public static string[] Name(KeyScopes scopes) =>
        [.. Words.Where(known => scopes.HasFlag(known.Scope)).Select(known => known.Word)];

    public static Error Lacking(KeyScopes missing) => new(
        ErrorCode.PermissionDenied, $"This API key lacks the scope {string.Join(", ", Name(missing))}.");

    /// <summary>Null when a word is unknown.</summary>
    public static KeyScopes? Parse(IEnumerable<string?> words)
    {
        var scopes = KeyScopes.None;
        foreach (var word in words)
        {
            var scope = Array.Find(Words, known => known.Word == word).Scope;
            if (scope == KeyScopes.None)
                return null;
            scopes |= scope;
        }

        return scopes;
    }
}
