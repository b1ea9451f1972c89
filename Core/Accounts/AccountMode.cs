namespace TryOn.Core.Accounts;

/// <summary>A live account pays upstreams; a test account runs on the sandbox. An account and all its keys share one.</summary>
public enum AccountMode
{
    None = 0,
    Live = 1,
    Test = 2,
}
