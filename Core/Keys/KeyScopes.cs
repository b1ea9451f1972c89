namespace TryOn.Core.Keys;

/// <summary>What a key may be used for. Numbers are stored with keys, so they never change meaning.</summary>
[Flags]
public enum KeyScopes
{
    None = 0,
    JobsWrite = 1,
    JobsRead = 2,
    CreditsRead = 4,

    /// <summary>To see, make and change the account's keys: whoever has it can lift any key's limit, its own too.</summary>
    Keys = 8,

    /// <summary>Reserved for what an account's owner alone may do; no route asks for it yet.</summary>
    Admin = 16,
}
