using System.Text;
using TryOn.Behaviour;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class ForgettingTests
{
    /// <summary>The database truncates its log every five seconds; the rest is for a busy machine.</summary>
    private static readonly TimeSpan ForgottenWithin = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Prompt_OfAnEndedJob_IsGoneFromTheDisk()
    {
        const string Words = "words-that-nobody-else-would-write";
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("quiet", credits: 9);
        for (var i = 0; i < 5; i++)
            await scene.WaitUntilEnded(await scene.Run("quiet", prompt: $"{Words} {i}"));
        await scene.WaitUntilSettled(account);
        Assert.True(Contains(host.Folder, Words), "It was never on the disk.");

        await Scene.Until(
            () => Task.FromResult(Contains(host.Folder, Words)), holds => !holds, "the prompts to go", ForgottenWithin);
    }

    private static bool Contains(string folder, string words) => Directory
        .GetFiles(folder, "*", SearchOption.AllDirectories)
        .Where(path => Path.GetFileName(path) != "lock")
        .Any(path => Read(path).Contains(words, StringComparison.Ordinal));

    private static string Read(string path)
    {
        try
        {
            const FileShare Shared = FileShare.ReadWrite | FileShare.Delete;
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, Shared);
            using var reader = new StreamReader(file, Encoding.Latin1);
            return reader.ReadToEnd();
        }
        catch (FileNotFoundException)
        {
            // The picture of an ended job, which has just been deleted.
            return "";
        }
    }
}
