namespace TryOn.Core.Accounts;

/// <summary>When a key may spend its limit again: calendar periods in UTC, weeks from Monday.</summary>
public enum LimitReset
{
    /// <summary>Never: the limit is for the key's whole life.</summary>
    None = 0,
    Daily = 1,
    Weekly = 2,
    Monthly = 3,
}
