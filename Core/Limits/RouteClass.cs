namespace TryOn.Core.Limits;

/// <summary>Routes that share one rate window.</summary>
public enum RouteClass
{
    None = 0,
    TryOn = 1,
    Status = 2,
    Credits = 3,

    /// <summary>
    /// Separate from status requests: a caller who has polled too often must still be able to cancel.
    /// </summary>
    Cancel = 4,
}
