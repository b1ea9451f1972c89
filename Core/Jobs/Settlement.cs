namespace TryOn.Core.Jobs;

public enum Settlement
{
    None = 0,
    Captured = 1,
    Released = 2,
}
