namespace TryOn.Silo.Tests;

public enum WriteFault
{
    None = 0,
    BeforeCommit = 1,
    AfterCommit = 2,
}

/// <summary>Draws from a seed which writes fail, half of them before the commit and half after.</summary>
/// <param name="share">The share of writes that fail, from 0 to 1.</param>
public sealed class WriteFaults(int seed, double share)
{
    private readonly Lock _drawing = new();
    private readonly Random _random = new(seed);

    /// <summary>How many failures were drawn.</summary>
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
