namespace TryOn.Core.Tests.Machines;

/// <summary>
/// Random choices made beforehand, so that a failing run can be repeated and shrunk. Once they are used up every choice
/// is 0; a simulation puts its benign case there.
/// </summary>
internal sealed class Script(int[] choices)
{
    private int _at;

    public bool Done => _at >= choices.Length;

    public int Next(int count) => Done ? 0 : (int)((uint)choices[_at++] % (uint)count);

    public bool Chance(int percent) => Next(100) > 99 - percent;

    public T Pick<T>(params ReadOnlySpan<T> items) => items[Next(items.Length)];
}
