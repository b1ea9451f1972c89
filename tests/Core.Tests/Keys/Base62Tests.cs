using TryOn.Core.Keys;

namespace TryOn.Core.Tests.Keys;

public sealed class Base62Tests
{
    private static readonly byte[] Every = [.. Enumerable.Range(0, 256).Select(value => (byte)value)];

    /// <summary>Of the 256 byte values 248 are used, four for each digit, so all digits are equally likely.</summary>
    [Fact]
    public void Digits_OfEveryByte_AreEquallyLikely()
    {
        var counts = ApiKey.Base62(Every, 248).GroupBy(digit => digit).Select(group => group.Count()).ToList();

        Assert.Equal(62, counts.Count);
        Assert.All(counts, count => Assert.Equal(4, count));
    }

    [Fact]
    public void Bytes_AboveTheLastWholeRound_AreSkipped()
    {
        Assert.Equal("0z", ApiKey.Base62([248, 0, 255, 61, 7], 2));
        Assert.Throws<ArgumentException>(() => ApiKey.Base62(Every, 249));
    }

    [Fact]
    public void Bytes_TooFew_AreNoKey() => Assert.Throws<ArgumentException>(() => ApiKey.Base62([1, 2, 255], 3));
}
