namespace TryOn.Imaging.Tests.Corpus;

/// <summary>One file of the corpus.</summary>
/// <param name="Difference">How far its channels may be from the pattern in the mean, 0 to 255: what its own
/// compression and colour space cost.</param>
/// <param name="Refused">True for a file that must be refused; null for one that may be either refused or right.
/// </param>
internal sealed record Sample(
    string Name, byte[] File, double Difference = 3, bool Alpha = false, bool Grey = false, bool? Refused = false)
{
    public override string ToString() => Name;
}
