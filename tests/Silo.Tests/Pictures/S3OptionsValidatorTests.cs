using TryOn.Silo.Pictures;

namespace TryOn.Silo.Tests.Pictures;

public sealed class S3OptionsValidatorTests
{
    [Fact]
    public void Options_OfNothing_ChooseTheFolder()
    {
        Assert.True(Validate(new S3Options()));
        Assert.False(new S3Options().Configured);
    }

    [Fact]
    public void Options_OfAmazonOrOfAnotherStore_AreValid()
    {
        Assert.True(Validate(new S3Options { Bucket = "my-pictures", Region = "eu-central-1", Prefix = "tryon/a/" }));
        Assert.True(
            Validate(new S3Options { Bucket = "my-pictures", ServiceUrl = "http://store:9000",
                ForcePathStyle = true }));
    }

    [Theory]
    [InlineData("", "eu-central-1", "", "")]
    [InlineData("", "", "http://store:9000", "")]
    [InlineData("", "", "", "tryon/")]
    [InlineData("pictures", "", "", "")]
    [InlineData("Pictures", "eu-central-1", "", "")]
    [InlineData("p", "eu-central-1", "", "")]
    [InlineData("pictures", "", "store:9000", "")]
    [InlineData("pictures", "eu-central-1", "", "tryon")]
    [InlineData("pictures", "eu-central-1", "", "/")]
    public void Options_ThatCannotWork_AreRefused(string bucket, string region, string serviceUrl, string prefix) =>
        Assert.False(
        Validate(new S3Options { Bucket = bucket, Region = region, ServiceUrl = serviceUrl, Prefix = prefix }));

    private static bool Validate(S3Options options) => new S3OptionsValidator().Validate(name: null, options).Succeeded;
}
