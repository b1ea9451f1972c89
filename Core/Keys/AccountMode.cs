namespace TryOn.Core.Keys;

/// <summary>
/// A live account's jobs run on paid upstreams, a test account's on the sandbox. An account and all its keys share one
/// mode.
/// </summary>
public enum AccountMode
{
    None = 0,
    Live = 1,
    Test = 2,
}
