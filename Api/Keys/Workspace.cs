namespace TryOn.Api.Keys;

/// <summary>
/// Accounts have no workspaces, but OpenRouter's client rejects a key or a generation that names none.
/// </summary>
public static class Workspace
{
    public const string Default = "default";
}
