namespace TryOn.Core.Keys;

/// <summary>When a key may spend its limit again: calendar periods in UTC, weeks from Monday.</summary>
public enum LimitReset
{
    /// <summary>Never: the limit applies to the key's whole lifetime.</summary>
    None = 0,
    Daily = 1,
    Weekly = 2,
    Monthly = 3,
}
