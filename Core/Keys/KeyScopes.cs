namespace TryOn.Core.Keys;

/// <summary>What a key may be used for. Numbers are stored with keys, so they never change meaning.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,
    JobsWrite = 1,
    JobsRead = 2,
    CreditsRead = 4,

    /// <summary>
    /// View, create and change the account's keys. A key with this scope can raise any key's limit, including its own.
    /// </summary>
    Keys = 8,

    /// <summary>Reserved for actions of the account's owner only; no route requires it yet.</summary>
    Admin = 16,
}
