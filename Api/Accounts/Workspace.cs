namespace TryOn.Api.Accounts;

/// <summary>
/// An account is not divided here, but OpenRouter's client refuses a key or a generation that does not name its part.
/// </summary>
public static class Workspace
{
    public const string Only = "default";
}
