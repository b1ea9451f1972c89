namespace TryOn.Core.Limits;

/// <summary>Routes that share one rate window.</summary>
public enum RouteClass
{
    None = 0,
    TryOn = 1,
    Status = 2,
}
