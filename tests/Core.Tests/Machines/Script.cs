namespace TryOn.Core.Tests.Machines;

/// <summary>
/// Random choices drawn in advance, so that a failing run can be repeated and shrunk. When they are used up every
/// choice is 0, which is the benign case of a simulation.
/// </summary>
internal sealed class Script(int[] choices)
{
    private int _at;

    public bool Done => _at >= choices.Length;

    public int Next(int count) => Done ? 0 : (int)((uint)choices[_at++] % (uint)count);

    public bool Chance(int percent) => Next(100) > 99 - percent;

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Next(items.Length)];
}
