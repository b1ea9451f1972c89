using TryOn.Core.Keys;

namespace TryOn.Core.Tests.Keys;

public sealed class MasterSecretTests
{
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, 32).Select(value => (byte)value)];

    /// <summary>Every stored key hash depends on this value, so it may never change.</summary>
    [Fact]
    public void Derived_ForAPurpose_IsStable() => Assert.Equal(
        "edaf24750eed2a4765139096f73752c6021c8e8bc2d9780c08e6605a70d251a6",
        Convert.ToHexStringLower(new MasterSecret(Bytes).For("keys")));

    [Fact]
    public void Derived_ForAnotherPurposeOrSecret_Differs()
    {
        var derived = new MasterSecret(Bytes).For("keys");

        Assert.Equal(32, derived.Length);
        Assert.NotEqual(derived, new MasterSecret(Bytes).For("results"));
        Assert.NotEqual(derived, new MasterSecret([.. Bytes, 32]).For("keys"));
    }

    [Fact]
    public void Secret_TooShort_IsRefused() => Assert.Throws<ArgumentException>(() => new MasterSecret(Bytes[..31]));
}
