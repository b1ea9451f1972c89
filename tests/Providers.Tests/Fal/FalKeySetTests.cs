using System.Text;
using TryOn.Providers.Fal;

namespace TryOn.Providers.Tests.Fal;

/// <summary>Tested with the vectors of RFC 8032, section 7.1.</summary>
public sealed class FalKeySetTests
{
    private const string Key1 = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
    private const string Key2 = "PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw";
    private const string Key3 = "_FHNjmIYoaONpH7QAjDwWAgW7RO6MwOsXeuRFUiQgCU";

    private const string Signature1 =
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b";

    private const string Signature2 =
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

    private const string Signature3 =
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a";

    private static readonly string AllKeys = $$"""{"keys":[{{Key(Key1)}},{{Key(Key2)}},{{Key(Key3)}}]}""";

    [Theory]
    [InlineData("", Signature1, true)]
    [InlineData("72", Signature2, true)]
    [InlineData("af82", Signature3, true)]
    [InlineData("af83", Signature3, false)]
    [InlineData("72", Signature1, false)]
    public void Signed_PublishedVectors_AreToldFromOthers(string message, string signature, bool signed) =>
        Assert.Equal(
        signed, Read(AllKeys)!.Verify(Convert.FromHexString(message), Convert.FromHexString(signature)));

    [Fact]
    public void Signed_ByAnyOfTheKeys_IsEnough()
    {
        Assert.True(Signed2(AllKeys));
        Assert.False(Signed2($$"""{"keys":[{{Key(Key1)}},{{Key(Key3)}}]}"""));
    }

    /// <summary>An invalid key is skipped without invalidating the others.</summary>
    [Theory]
    [InlineData("null")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"not base64!"}""")]
    [InlineData("""{"kty":"OKP","crv":"Ed25519","x":"AAAA"}""")]
    [InlineData("""{"kty":"EC","crv":"P-256","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo","y":"AA"}""")]
    [InlineData("""{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""")]
    public void Read_InvalidKey_IsSkipped(string other)
    {
        Assert.Null(Read($$"""{"keys":[{{other}}]}"""));
        Assert.True(Signed2($$"""{"keys":[{{other}},{{Key(Key2)}}]}"""));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"keys":null}""")]
    [InlineData("""{"keys":"none"}""")]
    [InlineData("""{"keys":[]}""")]
    public void Read_WithoutAKey_IsNone(string body) => Assert.Null(Read(body));

    [Fact]
    public void Read_KeyWithoutItsUse_IsAccepted() =>
        Assert.True(Signed2($$"""{"keys":[{"x":"{{Key2}}"}]}"""));

    private static bool Signed2(string keys) => Read(keys)!.Verify([0x72], Convert.FromHexString(Signature2));

    private static FalKeySet? Read(string body) => FalKeySet.Read(Encoding.UTF8.GetBytes(body));

    private static string Key(string x) => $$"""{"kty":"OKP","crv":"Ed25519","use":"sig","kid":"k","x":"{{x}}"}""";
}
