using System.Text;
using TryOn.Api.Inputs;
using ErrorCode = TryOn.Core.Errors.ErrorCode;

namespace TryOn.Api.Tests.Inputs;

public sealed class PictureTextTests
{
    private const int BytesMax = 1000;

    /// <summary>Bytes whose base64 needs padding and both of the letters in which the alphabets differ.</summary>
    private static readonly byte[] Picture =
        [.. "\u0089PNG\r\n\u001A\n".Select(letter => (byte)letter), 0xFB, 0xFF, 0xBF, 0x00, (byte)'%', 0xE9, 0x0A, 0];

    private static readonly string Base64 = Convert.ToBase64String(Picture);

    private static readonly string Percent = string.Concat(Picture.Select(value => $"%{value:X2}"));

    public static TheoryData<string> Pictures => new(
        $"data:image/png;base64,{Base64}",
        $"DATA:IMAGE/PNG;BASE64,{Base64}",
        $"data:;base64,{Base64}",
        $"data:image/png;charset=utf-8;name=a.png;base64,{Base64}",
        $"data:image/png; base64,{Base64}",
        $"data:image/png;base64 ,{Base64}",
        $"data:image/png;\nbase64,{Base64}",
        $"da\r\nta:image/png;base64,{Base64}",
        $"data:image/png;base64,{Base64.TrimEnd('=')}",
        $"data:image/png;base64,{Base64}==",
        $"data:image/png;base64,{Base64.Replace('+', '-').Replace('/', '_')}",
        $"data:image/png;base64,{Base64.Replace('+', '-').Replace('/', '_').TrimEnd('=')}",
        $"data:image/png;base64,{Base64.Replace("+", "%2B").Replace("/", "%2f").Replace("=", "%3D")}",
        $"data:image/png;base64,{Base64[..10]}%0D%0A{Base64[10..]}",
        $"data:image/png;base64, {Base64[..8]}\r\n\t{Base64[8..]}\n",
        $"data:image/png;base64,{Base64}#fragment",
        $"data:image/png,{Percent}",
        $"data:,{Percent}",
        $"data:image/png,{Percent[..12]}\n{Percent[12..]}",
        $"data:image/png,{Base64}",
        $" \t\r\n{'\u00A0'}data:image/png;base64,{Base64}\n",
        $"\uFEFFdata:image/png;base64,{Base64}",
        Base64,
        Base64.TrimEnd('='),
        Base64.Replace('+', '-').Replace('/', '_'),
        $"\n {Base64[..8]}\r\n{Base64[8..]} ");

    [Theory]
    [MemberData(nameof(Pictures))]
    public void Read_PictureInAText_GivesItsBytes(string text) =>
        Assert.Equal(Picture, Assert.IsType<PictureText.Inline>(PictureText.Read(text, BytesMax)).Content);

    [Theory]
    [InlineData("data:text/plain,a%20b%2", "a b%2")]
    [InlineData("data:text/plain;charset=utf-8,bücher 😀", "bücher 😀")]
    [InlineData("data:;base64=no,a+b", "a+b")]
    [InlineData("data:;notbase64,a", "a")]
    [InlineData("data:,", "")]
    public void Read_DataUrlOfAnythingElse_GivesItsBytes(string text, string expected) => Assert.Equal(
        expected,
        Encoding.UTF8.GetString(Assert.IsType<PictureText.Inline>(PictureText.Read(text, BytesMax)).Content));

    [Theory]
    [InlineData("FFD8FFE000104A46494600")]
    [InlineData("89504E470D0A1A0A0000000D")]
    [InlineData("524946462400000057454250")]
    [InlineData("474946383961010001000000")]
    [InlineData("00000020667479706176696600000000")]
    [InlineData("00000018667479706865696300000000")]
    [InlineData("424D3600000000000000360000002800")]
    [InlineData("49492A0008000000")]
    [InlineData("4D4D002A00000008")]
    public void Read_BareBase64OfAPicture_IsKnownByItsFirstBytes(string hex)
    {
        var content = Convert.FromHexString(hex);
        var read = PictureText.Read(Convert.ToBase64String(content), BytesMax);
        Assert.Equal(content, Assert.IsType<PictureText.Inline>(read).Content);
    }

    [Theory]
    [InlineData("data:")]
    [InlineData("data:image/png;base64")]
    [InlineData("data:image/png;base64,@@@@")]
    [InlineData("data:image/png;base64,iVBORw0KGgo.")]
    [InlineData("data:image/png;base64,AAAAA")]
    [InlineData("data:image/png;base64,AA=A")]
    [InlineData("data:image/png;base64,AA%C3%A9A")]
    [InlineData("iVBORw0KGgoAAAAN!")]
    public void Read_BrokenData_IsNoPicture(string text) => Assert.Equal(
        ErrorCode.InvalidImage, Assert.IsType<PictureText.Refused>(PictureText.Read(text, BytesMax)).Code);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("x")]
    [InlineData("/cdn/shop/files/dress.jpg?v=1")]
    [InlineData("//cdn.shop.test/dress.jpg")]
    [InlineData("dress.jpg")]
    [InlineData("www.shop.test/dress.jpg")]
    [InlineData("/9j/photos/dress.jpg")]
    [InlineData("QkFTRTY0")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://shop.test/dress.jpg")]
    [InlineData("blob:https://shop.test/1")]
    [InlineData("https:")]
    [InlineData("https://")]
    public void Read_AnythingElse_IsNotAnHttpsAddress(string text)
    {
        var refused = Assert.IsType<PictureText.Refused>(PictureText.Read(text, BytesMax));
        Assert.Equal(ErrorCode.InvalidRequest, refused.Code);
        Assert.Contains("not an https address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_EndlessTextOfNoKind_IsNotAnHttpsAddress() => Assert.IsType<PictureText.Refused>(
        PictureText.Read("https://shop.test/" + new string('a', 64 * 1024), BytesMax));

    [Theory]
    [InlineData("https://shop.test/a.jpg", "https://shop.test/a.jpg")]
    [InlineData("HTTPS://shop.test/a b.jpg?v=1", "https://shop.test/a%20b.jpg?v=1")]
    [InlineData(" https://shop.test/\na.jpg\t", "https://shop.test/a.jpg")]
    [InlineData("http://shop.test/a.jpg", "http://shop.test/a.jpg")]
    [InlineData("https://bücher.test/ü.jpg", "https://xn--bcher-kva.test/%C3%BC.jpg")]
    [InlineData("https://b%C3%BCcher.test/a.jpg", "https://xn--bcher-kva.test/a.jpg")]
    public void Read_Address_IsDownloaded(string text, string expected) => Assert.Equal(
        expected, Assert.IsType<PictureText.Remote>(PictureText.Read(text, BytesMax)).Address.AbsoluteUri);

    public static TheoryData<string, int> Sizes => new()
    {
        { "data:;base64," + new string('A', 400), 300 },
        { "iVBORw0KGgo" + new string('A', 401), 309 },
        { "data:," + string.Concat(Enumerable.Repeat("%00", 100)), 100 },
        { "data:," + new string('ü', 100), 200 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Read_OneByteTooMany_IsTooLarge(string text, int length)
    {
        Assert.IsType<PictureText.Inline>(PictureText.Read(text, length));
        Assert.IsType<PictureText.TooLarge>(PictureText.Read(text, length - 1));
    }

    [Fact]
    public void Read_FarTooMany_TakesNoMemory()
    {
        var text = "data:image/png;base64," + new string('A', 8 << 20);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.IsType<PictureText.TooLarge>(PictureText.Read(text, BytesMax));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4096);
    }
}
