using TryOn.Core.Images;
using TryOn.Imaging.Tests.Corpus;

namespace TryOn.Imaging.Tests;

public sealed class CorpusTests
{
    private static readonly ImageTarget Any = new(
        [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP], ImageLimits.Default);

    public static TheoryData<string> WholeNames => new(Samples.All.Select(sample => sample.Name));

    public static TheoryData<string> BrokenNames => new(Damages.All.Select(sample => sample.Name));

    [Theory]
    [MemberData(nameof(WholeNames))]
    public async Task Input_OfEveryKind_ComesOutUprightAndRight(string name)
    {
        var sample = Samples.Find(name);

        var reply = await SharedImageWorkers.Instance.Normalize(sample.File, Any, CancellationToken.None);

        CheckRight(sample, Assert.IsType<ImageReply.Accepted>(reply));
    }

    [Theory]
    [MemberData(nameof(BrokenNames))]
    public async Task Input_ThatIsDamaged_IsRefusedOrRight(string name)
    {
        var sample = Damages.All.First(one => one.Name == name);
        foreach (var reply in (ImageReply[])
            [
                await SharedImageWorkers.Instance.Normalize(sample.File, Any, CancellationToken.None),
                await SharedImageWorkers.Instance.Verify(sample.File, CancellationToken.None),
            ])
        {
            if (sample.Refused == true)
                Assert.NotEmpty(Assert.IsType<ImageReply.Refused>(reply).Message);
            else if (reply is ImageReply.Accepted accepted)
                Assert.Equal((Pattern.Width, Pattern.Height), (accepted.Info.Sides.Width, accepted.Info.Sides.Height));
            else
                Assert.NotEmpty(Assert.IsType<ImageReply.Refused>(reply).Message);
        }
    }

    private static void CheckRight(Sample sample, ImageReply.Accepted accepted)
    {
        Assert.Equal((Pattern.Width, Pattern.Height), (accepted.Info.Sides.Width, accepted.Info.Sides.Height));
        Assert.Equal(accepted.Info.Sides, accepted.Shown);
        Assert.InRange(Pattern.DifferenceOf(accepted.Content, sample.Alpha, sample.Grey), 0, sample.Difference);
    }
}
