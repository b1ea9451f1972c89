namespace TryOn.Silo.Tests;

public enum WriteFault
{
    None = 0,
    BeforeCommit = 1,
    AfterCommit = 2,
}

/// <summary>Which writes fail, drawn from a seed: half of them before they are committed, half after.</summary>
/// <param name="share">How many of all writes.</param>
public sealed class WriteFaults(int seed, double share)
{
    private readonly Lock _drawing = new();
    private readonly Random _random = new(seed);

    /// <summary>How many were drawn that fail.</summary>
    public int Drawn { get; private set; }

    public WriteFault Next()
    {
        lock (_drawing)
        {
            if (_random.NextDouble() >= share)
                return WriteFault.None;
            Drawn++;
            return _random.Next(2) == 0 ? WriteFault.BeforeCommit : WriteFault.AfterCommit;
        }
    }
}
