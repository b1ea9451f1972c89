namespace TryOn.Core.Limits;

/// <summary>Routes that share one rate window.</summary>
public enum RouteClass
{
    None = 0,
    TryOn = 1,
    Status = 2,
    Credits = 3,

    /// <summary>Apart from the polls: whoever has polled too often must still be able to stop what costs money.</summary>
    Cancel = 4,
}
