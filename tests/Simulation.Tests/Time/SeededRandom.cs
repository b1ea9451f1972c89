namespace TryOn.Simulation.Tests.Time;

/// <summary>
/// The only source of randomness in a world. It has its own generator (xorshift64*), so that a seed produces the same
/// world on every runtime.
/// </summary>
internal sealed class SeededRandom(long seed)
{
    private ulong _state = ((ulong)seed * 0x9E3779B97F4A7C15UL) ^ 0xD1B54A32D192ED03UL;

    public int Next(int count) => (int)((Draw() >> 33) % (ulong)count);

    /// <summary>True with a probability of so many in a thousand.</summary>
    public bool Chance(int permille) => permille > 0 && Next(1000) < permille;

    public int Between(int from, int to) => from + Next(to - from + 1);

    public TimeSpan Milliseconds(int from, int to) => TimeSpan.FromMilliseconds(Between(from, to));

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Next(items.Length)];

    private ulong Draw()
    {
        _state = _state == 0 ? 1 : _state;
        _state ^= _state >> 12;
        _state ^= _state << 25;
        _state ^= _state >> 27;
        return _state * 0x2545F4914F6CDD1DUL;
    }
}
