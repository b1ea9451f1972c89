using System.Text;
using TryOn.Behaviour;

namespace TryOn.Silo.Tests.SingleSilo;

public sealed class ForgettingTests
{
    /// <summary>The database empties its log every five seconds.</summary>
    private static readonly TimeSpan ForgottenWithin = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Prompt_OfAnEndedJob_IsGoneFromTheDisk()
    {
        const string Words = "words-that-nobody-else-would-write";
        await using var host = (SingleSiloUnderTest)await SingleSiloUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("quiet", credits: 9);
        for (var i = 0; i < 5; i++)
            await scene.Ended(await scene.Run("quiet", prompt: $"{Words} {i}"));
        await scene.Settled(account);
        Assert.True(Holds(host.Folder, Words), "It was never on the disk.");

        await Scene.Until(
            () => Task.FromResult(Holds(host.Folder, Words)), holds => !holds, "the prompts to go", ForgottenWithin);
    }

    private static bool Holds(string folder, string words) => Directory
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
            // A picture of a job that has just ended.
            return "";
        }
    }
}
